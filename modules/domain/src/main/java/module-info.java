/** Customers, the people who look after them, and the ports through which the outside world is reached. */
module customerservice.domain {
    exports customerservice.domain;
    exports customerservice.domain.audit;
    exports customerservice.domain.customer;
    exports customerservice.domain.identity;
}
