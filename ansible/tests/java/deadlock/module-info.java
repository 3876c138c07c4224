/** A hook for a test of the watchdog; never part of a release. */
module customerservice.deadlock {}
