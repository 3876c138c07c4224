"""A second set of instances on the same hosts; the balancer is switched to it at once."""
import os

ENOUGH = int(os.environ.get("FLEET_REQUESTS", "20000"))
UNITS = {"blue": "customer-service", "green": "customer-service-green"}


def test_a_blue_green_deployment_and_a_rollback_lose_no_request(site):
    with site.load(at_least=ENOUGH) as load:
        site.deploy(site.new, strategy="blue_green")
        assert site.active_set() == "green"
        assert site.all_serve(site.new)
        assert running(site) == {"customer-service-green"}
        # As a balancer that was made anew has it: it does not guess.
        site.run("lb1", "rm /etc/haproxy/active_set.map")
        site.ansible_playbook("site", "--limit", "lb1", customer_service_release_tarball=site.new)
        assert site.active_set() == "green"
        site.ansible_playbook("rollback", strategy="blue_green")
        assert site.active_set() == "blue"
        assert site.all_serve(site.old)
        assert running(site) == {"customer-service"}
    assert load["requests"] >= ENOUGH
    assert load["failed"] == 0, load


def running(site):
    return {unit for host in site.apps for unit in UNITS.values()
            if site.run(host, f"systemctl is-active {unit}", check=False).stdout.strip() == "active"}
