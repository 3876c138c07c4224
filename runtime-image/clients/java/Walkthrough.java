import com.fasterxml.jackson.core.JsonProcessingException;
import customerservice.client.ApiClient;
import customerservice.client.ApiException;
import customerservice.client.api.AuthenticationApi;
import customerservice.client.api.AuthenticationApi.APIIssueTokenRequest;
import customerservice.client.api.CustomersApi;
import customerservice.client.api.CustomersApi.APICreateCustomerRequest;
import customerservice.client.api.CustomersApi.APIEraseCustomerRequest;
import customerservice.client.api.CustomersApi.APIGetCustomerRequest;
import customerservice.client.api.CustomersApi.APIListCustomersRequest;
import customerservice.client.api.CustomersApi.APIUpdateCustomerRequest;
import customerservice.client.api.ServiceAccountsApi;
import customerservice.client.model.AddressInput;
import customerservice.client.model.CountryCode;
import customerservice.client.model.Credentials;
import customerservice.client.model.Customer;
import customerservice.client.model.CustomerInput;
import customerservice.client.model.CustomerPage;
import customerservice.client.model.CustomerPatch;
import customerservice.client.model.CustomerSort;
import customerservice.client.model.CustomerStatus;
import customerservice.client.model.GrantType;
import customerservice.client.model.JsonWebKey;
import customerservice.client.model.Problem;
import customerservice.client.model.Scope;
import customerservice.client.model.ServiceAccountInput;
import customerservice.client.model.ServiceAccountWithSecret;
import customerservice.client.model.Token;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The walkthrough with the client that openapi-generator makes for Java. Prints TAP. */
public final class Walkthrough {

    private static final String URL = System.getenv("CUSTOMER_SERVICE_URL");
    private static final String RUN = "java-" + System.nanoTime();

    private ApiClient admin;
    private CustomersApi customers;
    private Customer customer;

    private interface Step {
        void run() throws ApiException;
    }

    public static void main(String[] arguments) {
        var walkthrough = new Walkthrough();
        Map<String, Step> steps = new LinkedHashMap<>();
        steps.put("aPersonSignsIn", walkthrough::aPersonSignsIn);
        steps.put("aCustomerIsCreated", walkthrough::aCustomerIsCreated);
        steps.put("aCustomerIsReadAsItWasCreated", walkthrough::aCustomerIsReadAsItWasCreated);
        steps.put("twoPagesFollowOneAnotherByCursor", walkthrough::twoPagesFollowOneAnotherByCursor);
        steps.put("aMergePatchRemovesWhatItSetsToNull", walkthrough::aMergePatchRemovesWhatItSetsToNull);
        steps.put("aDuplicateEmailIsAProblemOfItsOwnType", walkthrough::aDuplicateEmailIsAProblemOfItsOwnType);
        steps.put("whatIsWrongIsNamedByPointer", walkthrough::whatIsWrongIsNamedByPointer);
        steps.put("anErasedCustomerIsNotFound", walkthrough::anErasedCustomerIsNotFound);
        steps.put("aServiceAccountGetsATokenForItsScopes", walkthrough::aServiceAccountGetsATokenForItsScopes);
        steps.put("thePublicKeysHaveTheirParameters", walkthrough::thePublicKeysHaveTheirParameters);
        System.out.println("1.." + steps.size());
        int number = 0;
        for (Map.Entry<String, Step> step : steps.entrySet()) {
            String name = ++number + " - " + step.getKey();
            try {
                step.getValue().run();
                System.out.println("ok " + name);
            } catch (ApiException | RuntimeException | AssertionError e) { // the other steps still follow
                System.out.println("not ok " + name + ": " + e.toString().replace('\n', ' '));
            }
        }
    }

    private static ApiClient client(String authorization) {
        ApiClient client = new ApiClient();
        client.updateBaseUri(URL);
        return authorization.isEmpty()
                ? client
                : client.setRequestInterceptor(request -> request.header("Authorization", authorization));
    }

    private static ApiClient client(Token token) {
        return client("Bearer " + token.getAccessToken());
    }

    private static void check(boolean fits, Object told) {
        if (!fits) {
            throw new AssertionError(told);
        }
    }

    /** What a call that must fail answers: an instance of the document's schema. */
    private static Problem problem(Step call) {
        try {
            call.run();
        } catch (ApiException e) {
            try {
                Problem problem = ApiClient.createDefaultObjectMapper().readValue(e.getResponseBody(), Problem.class);
                check(problem.getStatus() == e.getCode() && problem.getInstance() != null, problem);
                return problem;
            } catch (JsonProcessingException other) {
                throw new AssertionError(e.getResponseBody(), other);
            }
        }
        throw new AssertionError("was not refused");
    }

    private static CustomerInput input(int number) {
        return new CustomerInput().name("Page").email(RUN + "-" + number + "@example.com");
    }

    private Customer create(CustomerInput input) throws ApiException {
        return create(customers, input);
    }

    private static Customer create(CustomersApi customers, CustomerInput input) throws ApiException {
        return customers.createCustomer(APICreateCustomerRequest.newBuilder().customerInput(input).build());
    }

    private void aPersonSignsIn() throws ApiException {
        Token token = new AuthenticationApi(client("")).login(new Credentials()
                .username(System.getenv("CUSTOMER_SERVICE_USER"))
                .password(System.getenv("CUSTOMER_SERVICE_PASSWORD")));
        check(token.getRefreshToken() != null && token.getScope().contains("customers:write"), token.getScope());
        admin = client(token);
        customers = new CustomersApi(admin);
    }

    private void aCustomerIsCreated() throws ApiException {
        customer = create(input(0)
                .name("Ada Lovelace")
                .phone("+441234567890")
                .status(CustomerStatus.SUSPENDED)
                .address(new AddressInput().line1("12 St James's Square").city("London").country(CountryCode.GB))
                .metadata(Map.of("tier", "gold", "source", "fair")));
        check(customer.getStatus() == CustomerStatus.SUSPENDED && customer.getVersion() == 1, customer);
    }

    private void aCustomerIsReadAsItWasCreated() throws ApiException {
        Customer read = get();
        check(read.equals(customer), read);
    }

    private Customer get() throws ApiException {
        return customers.getCustomer(APIGetCustomerRequest.newBuilder().id(customer.getId()).build());
    }

    private void twoPagesFollowOneAnotherByCursor() throws ApiException {
        Customer older = create(input(1));
        Customer newest = create(input(2));
        CustomerPage first = page(null);
        check(first.getItems().equals(List.of(newest, older)) && first.getPrev() == null, first);
        CustomerPage second = page(first.getNext());
        check(second.getItems().get(0).equals(customer) && second.getPrev() != null, second);
    }

    private CustomerPage page(String after) throws ApiException {
        return customers.listCustomers(APIListCustomersRequest.newBuilder()
                .limit(2).after(after).sort(CustomerSort.CREATED_AT_DESCENDING).build());
    }

    private void aMergePatchRemovesWhatItSetsToNull() throws ApiException {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("tier", null);
        metadata.put("seen", "yes");
        Customer patched = customers.updateCustomer(APIUpdateCustomerRequest.newBuilder()
                .id(customer.getId())
                .ifMatch("\"" + customer.getVersion() + "\"")
                .customerPatch(new CustomerPatch().phone(null).status(CustomerStatus.CLOSED).metadata(metadata))
                .build());
        check(patched.getPhone() == null && patched.getStatus() == CustomerStatus.CLOSED, patched);
        check(patched.getMetadata().equals(Map.of("source", "fair", "seen", "yes")), patched);
        check(patched.getName().equals(customer.getName()) && patched.getAddress().equals(customer.getAddress()), patched);
    }

    private void aDuplicateEmailIsAProblemOfItsOwnType() {
        Problem refused = problem(() -> create(input(0)));
        check(refused.getType().toString().equals("/problems/duplicate-email") && refused.getStatus() == 409, refused);
    }

    private void whatIsWrongIsNamedByPointer() {
        Problem refused = problem(() -> create(input(3).email("nobody")));
        check(refused.getStatus() == 422 && refused.getErrors().size() == 1, refused);
        check(refused.getErrors().get(0).getPointer().equals("/email"), refused);
    }

    private void anErasedCustomerIsNotFound() throws ApiException {
        customers.eraseCustomer(APIEraseCustomerRequest.newBuilder().id(customer.getId()).build());
        Problem refused = problem(this::get);
        check(refused.getType().toString().equals("/problems/not-found"), refused);
    }

    private void aServiceAccountGetsATokenForItsScopes() throws ApiException {
        ServiceAccountWithSecret account = new ServiceAccountsApi(admin).addServiceAccount(
                new ServiceAccountInput().name(RUN).scopes(List.of(Scope.CUSTOMERS_READ)));
        String basic = account.getClientId() + ":" + account.getClientSecret();
        ApiClient authenticated = client(
                "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8)));
        Token token = new AuthenticationApi(authenticated)
                .issueToken(APIIssueTokenRequest.newBuilder().grantType(GrantType.CLIENT_CREDENTIALS).build());
        var reader = new CustomersApi(client(token));
        check(!reader.listCustomers(APIListCustomersRequest.newBuilder().build()).getItems().isEmpty(), "no customers");
        Problem refused = problem(() -> create(reader, input(3)));
        check(refused.getType().toString().equals("/problems/insufficient-scope") && refused.getStatus() == 403, refused);
    }

    private void thePublicKeysHaveTheirParameters() throws ApiException {
        List<JsonWebKey> keys = new AuthenticationApi(client("")).getSigningKeys().getKeys();
        check(!keys.isEmpty(), "no keys");
        for (JsonWebKey key : keys) {
            boolean rsa = key.getKty() == JsonWebKey.KtyEnum.RSA;
            check(rsa ? key.getN() != null && key.getE() != null : key.getX() != null && key.getY() != null, key);
        }
    }
}
