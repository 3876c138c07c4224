"""The walkthrough with the client that openapi-generator makes for Python. Prints TAP."""
import os
import time

import customer_service
import tap
from customer_service import (AddressInput, ApiException, AuthenticationApi, CountryCode, Credentials, CustomerInput, CustomerPatch,
                              CustomerSort, CustomersApi, CustomerStatus, GrantType, Problem, Scope, ServiceAccountInput, ServiceAccountsApi)

HOST, USER, PASSWORD = (os.environ["CUSTOMER_SERVICE_" + name] for name in ("URL", "USER", "PASSWORD"))
RUN = f"python-{time.time_ns()}"


def client(**credentials):
    return customer_service.ApiClient(customer_service.Configuration(host=HOST, **credentials))


def problem(call, *arguments):
    """What a call that must fail answers: an instance of the document's schema."""
    try:
        call(*arguments)
    except ApiException as refused:
        assert isinstance(refused.data, Problem), refused
        assert refused.data.status == refused.status and refused.data.instance, refused
        return refused.data
    raise AssertionError("was not refused")


class Walkthrough:
    def a_person_signs_in(self):
        token = AuthenticationApi(client()).login(Credentials(username=USER, password=PASSWORD))
        assert token.token_type == "Bearer" and token.refresh_token and "customers:write" in token.scope, token
        self.admin = client(access_token=token.access_token)
        self.customers = CustomersApi(self.admin)

    def a_customer_is_created(self):
        address = AddressInput(line1="12 St James's Square", city="London", country=CountryCode.GB)
        self.customer = self.customers.create_customer(CustomerInput(
            name="Ada Lovelace", email=f"{RUN}-0@example.com", phone="+441234567890", status=CustomerStatus.SUSPENDED,
            address=address, metadata={"tier": "gold", "source": "fair"}))
        assert self.customer.status is CustomerStatus.SUSPENDED and self.customer.version == 1, self.customer

    def a_customer_is_read_as_it_was_created(self):
        assert self.customers.get_customer(self.customer.id) == self.customer

    def two_pages_follow_one_another_by_cursor(self):
        newest = [self.customers.create_customer(CustomerInput(name="Page", email=f"{RUN}-{n}@example.com")) for n in (1, 2)][::-1]
        first = self.customers.list_customers(limit=2, sort=CustomerSort.CREATED_AT_DESCENDING)
        second = self.customers.list_customers(limit=2, sort=CustomerSort.CREATED_AT_DESCENDING, after=first.next)
        assert first.items == newest and first.prev is None, first
        assert second.items[0] == self.customer and second.prev, second

    def a_merge_patch_removes_what_it_sets_to_null(self):
        patched = self.customers.update_customer(
            self.customer.id, CustomerPatch(phone=None, status=CustomerStatus.CLOSED, metadata={"tier": None, "seen": "yes"}),
            if_match=f'"{self.customer.version}"')
        assert patched.phone is None and patched.status is CustomerStatus.CLOSED, patched
        assert patched.metadata == {"source": "fair", "seen": "yes"}, patched
        assert patched.name == self.customer.name and patched.address == self.customer.address, patched

    def a_duplicate_email_is_a_problem_of_its_own_type(self):
        refused = problem(self.customers.create_customer, CustomerInput(name="Eve", email=f"{RUN}-0@example.com"))
        assert refused.type == "/problems/duplicate-email" and refused.status == 409, refused

    def what_is_wrong_is_named_by_pointer(self):
        # This client looks at patterns itself; how long the part before the at sign may be is in none.
        refused = problem(self.customers.create_customer, CustomerInput(name="Eve", email="n" * 65 + "@example.com"))
        assert [error.pointer for error in refused.errors] == ["/email"] and refused.status == 422, refused

    def an_erased_customer_is_not_found(self):
        self.customers.erase_customer(self.customer.id)
        assert problem(self.customers.get_customer, self.customer.id).type == "/problems/not-found"

    def a_service_account_gets_a_token_for_its_scopes(self):
        account = ServiceAccountsApi(self.admin).add_service_account(
            ServiceAccountInput(name=RUN, scopes=[Scope.CUSTOMERS_READ]))
        basic = client(username=account.client_id, password=account.client_secret)
        token = AuthenticationApi(basic).issue_token(GrantType.CLIENT_CREDENTIALS)
        reader = CustomersApi(client(access_token=token.access_token))
        assert reader.list_customers(limit=1).items
        refused = problem(reader.create_customer, CustomerInput(name="Eve", email=f"{RUN}-3@example.com"))
        assert refused.type == "/problems/insufficient-scope" and refused.status == 403, refused

    def the_public_keys_have_their_parameters(self):
        keys = AuthenticationApi(client()).get_signing_keys().keys
        assert keys and all(key.n and key.e if key.kty == "RSA" else key.x and key.y for key in keys), keys


tap.walk(Walkthrough())
