// What a relying party does, with oauth4webapi as npm has it. Prints TAP.
import { strict as assert } from 'node:assert';
import * as oauth from 'oauth4webapi';
import { walk } from './tap.ts';

const [issuer, audience, clientId, clientSecret, refreshToken] =
  ['ISSUER', 'AUDIENCE', 'CLIENT_ID', 'CLIENT_SECRET', 'REFRESH_TOKEN'].map((name) => process.env[`CUSTOMER_SERVICE_${name}`]!);

const program: oauth.Client = { client_id: clientId };
const secret = oauth.ClientSecretBasic(clientSecret);
const person: oauth.Client = { client_id: 'customer-service' };
let server: oauth.AuthorizationServer;
let accessToken: string;

/** What a resource server does with a request that comes with this token. */
function accept(token: string, expectedAudience: string): Promise<oauth.JWTAccessTokenClaims> {
  const request = new Request('https://resource.example', { headers: { authorization: `Bearer ${token}` } });
  return oauth.validateJwtAccessToken(server, request, expectedAudience);
}

const steps: Record<string, () => Promise<void>> = {
  async theMetadataIsFoundByTheIssuer() {
    const url = new URL(issuer);
    server = await oauth.processDiscoveryResponse(url, await oauth.discoveryRequest(url, { algorithm: 'oauth2' }));
    assert.equal(server.issuer, issuer);
  },

  async aProgramGetsAToken() {
    const answer = await oauth.clientCredentialsGrantRequest(server, program, secret, {});
    const token = await oauth.processClientCredentialsResponse(server, program, answer);
    assert.equal(token.scope, 'customers:read tokens:introspect');
    accessToken = token.access_token;
  },

  async theTokenIsVerifiedByThePublishedKeys() {
    const claims = await accept(accessToken, audience);
    assert.equal(claims.sub, clientId);
    assert.equal(claims.client_id, clientId);
  },

  async aTokenForAnotherAudienceIsRefused() {
    await assert.rejects(accept(accessToken, 'another'), { code: oauth.JWT_CLAIM_COMPARISON });
  },

  async theTokenIsIntrospected() {
    const answer = await oauth.introspectionRequest(server, program, secret, accessToken);
    const told = await oauth.processIntrospectionResponse(server, program, answer);
    assert.equal(told.active, true);
    assert.equal(told.iss, issuer);
    assert.equal(told.client_id, clientId);
  },

  async somebodyWhoSignedInStaysSoByRefreshing() {
    const answer = await oauth.refreshTokenGrantRequest(server, person, oauth.None(), refreshToken);
    const token = await oauth.processRefreshTokenResponse(server, person, answer);
    assert(token.refresh_token && token.refresh_token !== refreshToken);
    assert.equal((await accept(token.access_token, audience)).client_id, 'customer-service');
  },
};

await walk(steps);
