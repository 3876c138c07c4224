// Walkthroughs in TypeScript: each entry is a step, and tells of itself in TAP.
export async function walk(steps: Record<string, () => Promise<void>>): Promise<void> {
  console.log(`1..${Object.keys(steps).length}`);
  let number = 0;
  for (const [name, step] of Object.entries(steps)) {
    number++;
    try {
      await step();
      console.log(`ok ${number} - ${name}`);
    } catch (failure) { // the other steps still follow
      console.log(`not ok ${number} - ${name}: ${failure}`.replaceAll('\n', ' '));
    }
  }
}
