// In a file of its own, so that the page's policy can forbid scripts in the page.

// Whoever tries out an operation that answers with an access token is signed in with it.
function signIn(response) {
  const { pathname } = new URL(response.url, location.href);
  if (response.ok && (pathname === '/v1/auth/login' || pathname === '/oauth/token')) {
    window.ui.preauthorizeApiKey('accessToken', response.body.access_token);
  }
  return response;
}

window.ui = SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // By default the viewer sends the document's address to a validator on another host.
  validatorUrl: null,
  responseInterceptor: signIn,
});
