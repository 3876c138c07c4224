// The walkthrough with the client that openapi-generator makes for TypeScript. Prints TAP.
import {
  AuthenticationApi, Configuration, type ConfigurationParameters, CountryCode, type Customer, CustomersApi, CustomerSort,
  CustomerStatus, GrantType, type Problem, ProblemFromJSON, ResponseError, Scope, ServiceAccountsApi,
} from './client/index.js';
import { walk } from './tap.ts';
import assert from 'node:assert/strict';

const { CUSTOMER_SERVICE_URL: basePath, CUSTOMER_SERVICE_USER: username, CUSTOMER_SERVICE_PASSWORD: password } = process.env;
const run = `typescript-${Date.now()}`;
const configured = (credentials: ConfigurationParameters = {}) => new Configuration({ basePath, ...credentials });

/** What a call that must fail answers: an instance of the document's schema. */
async function problem(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (refused) {
    assert(refused instanceof ResponseError, String(refused));
    assert.equal(refused.response.headers.get('Content-Type'), 'application/problem+json');
    const told = ProblemFromJSON(await refused.response.json());
    assert.equal(told.status, refused.response.status);
    assert(told.instance);
    return told;
  }
  return assert.fail('was not refused');
}

let admin: Configuration;
let customers: CustomersApi;
let customer: Customer;

const steps: Record<string, () => Promise<void>> = {
  async aPersonSignsIn() {
    const token = await new AuthenticationApi(configured()).login({ credentials: { username: username!, password: password! } });
    assert.equal(token.tokenType, 'Bearer');
    assert(token.refreshToken && token.scope.includes('customers:write'));
    admin = configured({ accessToken: token.accessToken });
    customers = new CustomersApi(admin);
  },

  async aCustomerIsCreated() {
    customer = await customers.createCustomer({
      customerInput: {
        name: 'Ada Lovelace', email: `${run}-0@example.com`, phone: '+441234567890', status: CustomerStatus.SUSPENDED,
        address: { line1: "12 St James's Square", city: 'London', country: CountryCode.GB },
        metadata: { tier: 'gold', source: 'fair' },
      },
    });
    assert.equal(customer.status, CustomerStatus.SUSPENDED);
    assert.equal(customer.version, 1);
  },

  async aCustomerIsReadAsItWasCreated() {
    assert.deepEqual(await customers.getCustomer({ id: customer.id }), customer);
  },

  async twoPagesFollowOneAnotherByCursor() {
    const create = (n: number) => customers.createCustomer({ customerInput: { name: 'Page', email: `${run}-${n}@example.com` } });
    const older = await create(1);
    const newest = [await create(2), older];
    const page = { limit: 2, sort: CustomerSort.CREATED_AT_DESCENDING };
    const first = await customers.listCustomers(page);
    assert.deepEqual(first.items, newest);
    assert.equal(first.prev, null);
    const second = await customers.listCustomers({ ...page, after: first.next! });
    assert.deepEqual(second.items[0], customer);
    assert(second.prev);
  },

  async aMergePatchRemovesWhatItSetsToNull() {
    const patched = await customers.updateCustomer({
      id: customer.id,
      ifMatch: `"${customer.version}"`,
      customerPatch: { phone: null, status: CustomerStatus.CLOSED, metadata: { tier: null, seen: 'yes' } },
    });
    assert.equal(patched.phone, null);
    assert.equal(patched.status, CustomerStatus.CLOSED);
    assert.deepEqual(patched.metadata, { source: 'fair', seen: 'yes' });
    assert.equal(patched.name, customer.name);
    assert.deepEqual(patched.address, customer.address);
  },

  async aDuplicateEmailIsAProblemOfItsOwnType() {
    const refused = await problem(customers.createCustomer({ customerInput: { name: 'Eve', email: `${run}-0@example.com` } }));
    assert.equal(refused.type, '/problems/duplicate-email');
    assert.equal(refused.status, 409);
  },

  async whatIsWrongIsNamedByPointer() {
    const refused = await problem(customers.createCustomer({ customerInput: { name: 'Eve', email: 'nobody' } }));
    assert.equal(refused.status, 422);
    assert.deepEqual(refused.errors?.map((error) => error.pointer), ['/email']);
  },

  async anErasedCustomerIsNotFound() {
    await customers.eraseCustomer({ id: customer.id });
    assert.equal((await problem(customers.getCustomer({ id: customer.id }))).type, '/problems/not-found');
  },

  async aServiceAccountGetsATokenForItsScopes() {
    const account = await new ServiceAccountsApi(admin).addServiceAccount({
      serviceAccountInput: { name: run, scopes: [Scope.CUSTOMERS_READ] },
    });
    const basic = configured({ username: account.clientId, password: account.clientSecret });
    const token = await new AuthenticationApi(basic).issueToken({ grantType: GrantType.CLIENT_CREDENTIALS });
    const reader = new CustomersApi(configured({ accessToken: token.accessToken }));
    assert.equal((await reader.listCustomers({ limit: 1 })).items.length, 1);
    const refused = await problem(reader.createCustomer({ customerInput: { name: 'Eve', email: `${run}-3@example.com` } }));
    assert.equal(refused.type, '/problems/insufficient-scope');
    assert.equal(refused.status, 403);
  },

  async thePublicKeysHaveTheirParameters() {
    const { keys } = await new AuthenticationApi(configured()).getSigningKeys();
    assert(keys.length > 0);
    for (const key of keys) {
      assert(key.kty === 'RSA' ? key.n && key.e : key.x && key.y);
    }
  },
};

await walk(steps);
