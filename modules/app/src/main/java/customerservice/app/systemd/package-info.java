/** What the service tells systemd about itself; see sd_notify(3). Nothing of it is loaded where nobody listens. */
package customerservice.app.systemd;
