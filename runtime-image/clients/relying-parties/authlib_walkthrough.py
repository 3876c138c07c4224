"""What a relying party does, with authlib as PyPI has it. Prints TAP."""
import os

import requests
import tap
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc6750 import InvalidTokenError
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata, get_well_known_url
from authlib.oauth2.rfc9068 import JWTBearerTokenValidator

ISSUER, AUDIENCE, CLIENT_ID, CLIENT_SECRET, REFRESH_TOKEN = (os.environ["CUSTOMER_SERVICE_" + name] for name in (
    "ISSUER", "AUDIENCE", "CLIENT_ID", "CLIENT_SECRET", "REFRESH_TOKEN"))


def get(url):
    answer = requests.get(url, timeout=10)
    answer.raise_for_status()
    return answer.json()


class ResourceServer(JWTBearerTokenValidator):
    def __init__(self, metadata, audience):
        super().__init__(issuer=metadata["issuer"], resource_server=audience)
        self.metadata = metadata

    def get_jwks(self):
        return get(self.metadata["jwks_uri"])

    def accept(self, access_token, scope):
        claims = self.authenticate_token(access_token)
        self.validate_token(claims, [scope], None)
        return claims


class Walkthrough:
    def the_metadata_is_found_by_the_issuer(self):
        self.metadata = AuthorizationServerMetadata(get(get_well_known_url(ISSUER, external=True)))
        self.metadata.validate()
        assert self.metadata["issuer"] == ISSUER, self.metadata

    def a_program_gets_a_token(self):
        self.program = OAuth2Session(CLIENT_ID, CLIENT_SECRET, token_endpoint_auth_method="client_secret_basic")
        self.token = self.program.fetch_token(self.metadata["token_endpoint"], grant_type="client_credentials")
        assert self.token["token_type"] == "Bearer" and self.token["scope"] == "customers:read tokens:introspect", self.token

    def the_token_is_verified_by_the_published_keys(self):
        claims = ResourceServer(self.metadata, AUDIENCE).accept(self.token["access_token"], "customers:read")
        assert claims.header["typ"] == "at+jwt" and claims["sub"] == claims["client_id"] == CLIENT_ID, claims

    def a_token_for_another_audience_is_refused(self):
        try:
            ResourceServer(self.metadata, "another").accept(self.token["access_token"], "customers:read")
        except InvalidTokenError:
            return
        raise AssertionError("was not refused")

    def the_token_is_introspected(self):
        told = self.program.introspect_token(self.metadata["introspection_endpoint"], token=self.token["access_token"]).json()
        assert told["active"] is True and told["iss"] == ISSUER and told["client_id"] == CLIENT_ID, told

    def somebody_who_signed_in_stays_so_by_refreshing(self):
        person = OAuth2Session("customer-service", token_endpoint_auth_method="none")
        refreshed = person.refresh_token(self.metadata["token_endpoint"], refresh_token=REFRESH_TOKEN)
        assert refreshed["refresh_token"] != REFRESH_TOKEN, refreshed
        claims = ResourceServer(self.metadata, AUDIENCE).accept(refreshed["access_token"], "customers:write")
        assert claims["client_id"] == "customer-service", claims


tap.walk(Walkthrough())
