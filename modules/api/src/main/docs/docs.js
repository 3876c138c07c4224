// In a file of its own, so that the page's policy can forbid scripts in the page.
window.ui = SwaggerUIBundle({
  url: '/openapi.yaml',
  dom_id: '#swagger-ui',
  deepLinking: true,
  // By default the viewer sends the document's address to a validator on another host.
  validatorUrl: null,
});
