"""Walkthroughs in Python: each public method is a step, and tells of itself in TAP."""


def walk(walkthrough):
    steps = [name for name in vars(type(walkthrough)) if not name.startswith("_")]
    print(f"1..{len(steps)}")
    for number, step in enumerate(steps, 1):
        try:
            getattr(walkthrough, step)()
            print(f"ok {number} - {step}")
        except Exception as failure:  # the other steps still follow
            print(f"not ok {number} - {step}: {failure!r}".replace("\n", " "))
