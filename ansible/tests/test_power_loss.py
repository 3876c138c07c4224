"""A host that is suddenly gone."""
import time

CONNECTIONS = 16


def test_a_host_without_power_costs_what_was_in_flight_there_and_joins_again_by_itself(site):
    with site.load(connections=CONNECTIONS) as load:
        site.fleet.kill("app3")
        noticed = site.await_state("DOWN", ["app3"])
        time.sleep(10)
        site.fleet.start("app3")
        joined = site.await_state("UP")
        time.sleep(3)
    print(f"the balancer noticed after {noticed:.1f} s; it served again {joined:.1f} s after power; {load['failed']} failed")
    # An interval, the timeout of the check under way, and the same once more: two checks have to fail.
    assert noticed <= 2 + 2 + 1 + 2 + 1
    # Each client has at most one request there when the power fails, and at most one more that finds the host gone.
    assert load["failed"] <= 2 * CONNECTIONS, load


def test_a_host_that_is_cut_off_is_left_out_and_joins_again(site):
    site.fleet.set_cable("app2", "down")
    try:
        site.await_state("DOWN", ["app2"], limit=10)
        with site.load(rate=100) as load:
            time.sleep(5)
        assert load["failed"] == 0, load
    finally:
        site.fleet.set_cable("app2", "up")
    site.await_state("UP", ["app2"], limit=30)
