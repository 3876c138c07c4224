// The walkthrough with the client that openapi-generator makes for Go. Prints TAP.
package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	api "customerservice"
)

var run = fmt.Sprintf("go-%d", time.Now().UnixNano())

type walkthrough struct {
	client    *api.APIClient
	anybody   context.Context
	admin     context.Context
	customers *api.CustomersAPIService
	customer  *api.Customer
}

func newWalkthrough() *walkthrough {
	configuration := api.NewConfiguration()
	configuration.Servers = api.ServerConfigurations{{URL: os.Getenv("CUSTOMER_SERVICE_URL")}}
	client := api.NewAPIClient(configuration)
	return &walkthrough{client: client, anybody: context.Background(), customers: client.CustomersAPI}
}

func withToken(token string) context.Context {
	return context.WithValue(context.Background(), api.ContextAccessToken, token)
}

func email(n int) string { return fmt.Sprintf("%s-%d@example.com", run, n) }

func check(fits bool, told any) error {
	if fits {
		return nil
	}
	return fmt.Errorf("%+v", told)
}

// What a call that must fail answers: an instance of the document's schema.
func problem(response *http.Response, err error) (api.Problem, error) {
	var refused *api.GenericOpenAPIError
	if !errors.As(err, &refused) {
		return api.Problem{}, fmt.Errorf("was not refused: %w", err)
	}
	told, typed := refused.Model().(api.Problem)
	if !typed || int(told.Status) != response.StatusCode || told.GetInstance() == "" {
		return told, fmt.Errorf("%T %s", refused.Model(), refused.Body())
	}
	return told, nil
}

func (w *walkthrough) aPersonSignsIn() error {
	credentials := api.NewCredentials(os.Getenv("CUSTOMER_SERVICE_USER"), os.Getenv("CUSTOMER_SERVICE_PASSWORD"))
	token, _, err := w.client.AuthenticationAPI.Login(w.anybody).Credentials(*credentials).Execute()
	if err != nil {
		return err
	}
	w.admin = withToken(token.AccessToken)
	return check(token.HasRefreshToken() && strings.Contains(token.Scope, "customers:write"), token.Scope)
}

func (w *walkthrough) aCustomerIsCreated() (err error) {
	input := api.NewCustomerInput("Ada Lovelace", email(0))
	input.SetPhone("+441234567890")
	input.SetStatus(api.CUSTOMERSTATUS_SUSPENDED)
	input.SetAddress(*api.NewAddressInput("12 St James's Square", "London", api.COUNTRYCODE_GB))
	input.SetMetadata(map[string]string{"tier": "gold", "source": "fair"})
	if w.customer, _, err = w.customers.CreateCustomer(w.admin).CustomerInput(*input).Execute(); err != nil {
		return err
	}
	return check(w.customer.Status == api.CUSTOMERSTATUS_SUSPENDED && w.customer.Version == 1, w.customer)
}

func (w *walkthrough) aCustomerIsReadAsItWasCreated() error {
	read, _, err := w.customers.GetCustomer(w.admin, w.customer.Id).Execute()
	if err != nil {
		return err
	}
	return check(reflect.DeepEqual(read, w.customer), read)
}

func (w *walkthrough) twoPagesFollowOneAnotherByCursor() error {
	var created [2]*api.Customer
	for i := range created {
		customer, _, err := w.customers.CreateCustomer(w.admin).CustomerInput(*api.NewCustomerInput("Page", email(i + 1))).Execute()
		if err != nil {
			return err
		}
		created[i] = customer
	}
	page := w.customers.ListCustomers(w.admin).Limit(2).Sort(api.CUSTOMERSORT_CREATED_AT_DESCENDING)
	first, _, err := page.Execute()
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(first.Items, []api.Customer{*created[1], *created[0]}) || first.Prev.Get() != nil {
		return fmt.Errorf("first page: %+v", first)
	}
	second, _, err := page.After(*first.Next.Get()).Execute()
	if err != nil {
		return err
	}
	return check(reflect.DeepEqual(second.Items[0], *w.customer) && second.Prev.Get() != nil, second)
}

func (w *walkthrough) aMergePatchRemovesWhatItSetsToNull() error {
	seen := "yes"
	patch := api.NewCustomerPatch()
	patch.SetPhoneNil()
	patch.SetStatus(api.CUSTOMERSTATUS_CLOSED)
	patch.SetMetadata(map[string]*string{"tier": nil, "seen": &seen})
	patched, _, err := w.customers.UpdateCustomer(w.admin, w.customer.Id).
		CustomerPatch(*patch).IfMatch(fmt.Sprintf("%q", fmt.Sprint(w.customer.Version))).Execute()
	if err != nil {
		return err
	}
	return check(patched.Phone.Get() == nil && patched.Status == api.CUSTOMERSTATUS_CLOSED &&
		reflect.DeepEqual(patched.Metadata, map[string]string{"source": "fair", "seen": "yes"}) &&
		patched.Name == w.customer.Name && reflect.DeepEqual(patched.Address, w.customer.Address), patched)
}

func (w *walkthrough) aDuplicateEmailIsAProblemOfItsOwnType() error {
	_, response, err := w.customers.CreateCustomer(w.admin).CustomerInput(*api.NewCustomerInput("Eve", email(0))).Execute()
	refused, err := problem(response, err)
	if err != nil {
		return err
	}
	return check(refused.Type == "/problems/duplicate-email" && refused.Status == 409, refused)
}

func (w *walkthrough) whatIsWrongIsNamedByPointer() error {
	_, response, err := w.customers.CreateCustomer(w.admin).CustomerInput(*api.NewCustomerInput("Eve", "nobody")).Execute()
	refused, err := problem(response, err)
	if err != nil {
		return err
	}
	return check(refused.Status == 422 && len(refused.Errors) == 1 && refused.Errors[0].Pointer == "/email", refused)
}

func (w *walkthrough) anErasedCustomerIsNotFound() error {
	if _, err := w.customers.EraseCustomer(w.admin, w.customer.Id).Execute(); err != nil {
		return err
	}
	_, response, err := w.customers.GetCustomer(w.admin, w.customer.Id).Execute()
	refused, err := problem(response, err)
	if err != nil {
		return err
	}
	return check(refused.Type == "/problems/not-found", refused)
}

func (w *walkthrough) aServiceAccountGetsATokenForItsScopes() error {
	input := api.NewServiceAccountInput(run, []api.Scope{api.SCOPE_CUSTOMERS_READ})
	account, _, err := w.client.ServiceAccountsAPI.AddServiceAccount(w.admin).ServiceAccountInput(*input).Execute()
	if err != nil {
		return err
	}
	basic := context.WithValue(context.Background(), api.ContextBasicAuth,
		api.BasicAuth{UserName: account.ClientId, Password: account.ClientSecret})
	token, _, err := w.client.AuthenticationAPI.IssueToken(basic).GrantType(api.GRANTTYPE_CLIENT_CREDENTIALS).Execute()
	if err != nil {
		return err
	}
	reader := withToken(token.AccessToken)
	if _, _, err := w.customers.ListCustomers(reader).Limit(1).Execute(); err != nil {
		return err
	}
	_, response, err := w.customers.CreateCustomer(reader).CustomerInput(*api.NewCustomerInput("Eve", email(3))).Execute()
	refused, err := problem(response, err)
	if err != nil {
		return err
	}
	return check(refused.Type == "/problems/insufficient-scope" && refused.Status == 403, refused)
}

func (w *walkthrough) thePublicKeysHaveTheirParameters() error {
	set, _, err := w.client.AuthenticationAPI.GetSigningKeys(w.anybody).Execute()
	if err != nil {
		return err
	}
	for _, key := range set.Keys {
		if !(key.Kty == "RSA" && key.HasN() && key.HasE()) && !(key.Kty == "EC" && key.HasX() && key.HasY()) {
			return fmt.Errorf("%+v", key)
		}
	}
	return check(len(set.Keys) > 0, set)
}

func main() {
	w := newWalkthrough()
	steps := []struct {
		name string
		step func() error
	}{
		{"aPersonSignsIn", w.aPersonSignsIn},
		{"aCustomerIsCreated", w.aCustomerIsCreated},
		{"aCustomerIsReadAsItWasCreated", w.aCustomerIsReadAsItWasCreated},
		{"twoPagesFollowOneAnotherByCursor", w.twoPagesFollowOneAnotherByCursor},
		{"aMergePatchRemovesWhatItSetsToNull", w.aMergePatchRemovesWhatItSetsToNull},
		{"aDuplicateEmailIsAProblemOfItsOwnType", w.aDuplicateEmailIsAProblemOfItsOwnType},
		{"whatIsWrongIsNamedByPointer", w.whatIsWrongIsNamedByPointer},
		{"anErasedCustomerIsNotFound", w.anErasedCustomerIsNotFound},
		{"aServiceAccountGetsATokenForItsScopes", w.aServiceAccountGetsATokenForItsScopes},
		{"thePublicKeysHaveTheirParameters", w.thePublicKeysHaveTheirParameters},
	}
	fmt.Printf("1..%d\n", len(steps))
	for i, s := range steps {
		if err := s.step(); err != nil { // the other steps still follow
			fmt.Printf("not ok %d - %s: %s\n", i+1, s.name, strings.ReplaceAll(err.Error(), "\n", " "))
		} else {
			fmt.Printf("ok %d - %s\n", i+1, s.name)
		}
	}
}
