package customerservice.testbed.dev;

import customerservice.testbed.dev.Compilation.Outcome;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/**
 * Keeps a program running in its newest state that compiles and starts. Sources that do not compile leave the running one
 * alone; a state that does not start is replaced by the one before.
 */
final class Reloader {

    /** Starts the program out of a generation. */
    @FunctionalInterface
    interface Program {

        Instance start(Generation generation) throws Exception;
    }

    @FunctionalInterface
    interface Instance {

        void stop();
    }

    private final Path root;
    private final Compilation compilation;
    private final Program program;
    private final PrintStream out;
    private final List<Path> watched;
    private final Deque<Generation> generations = new ArrayDeque<>();

    private SourceTree running;
    private SourceTree tried;
    private Instance instance;

    Reloader(Path root, List<ModuleFolder> modules, Path output, Program program, PrintStream out) {
        this.root = root;
        this.compilation = new Compilation(modules, output);
        this.program = program;
        this.out = out;
        this.watched = modules.stream()
                .flatMap(module -> List.of(module.sources(), module.resources()).stream())
                .toList();
        this.generations.push(Generation.built(modules));
    }

    /** Starts what the build compiled. */
    synchronized void start() throws Exception {
        running = SourceTree.of(watched);
        tried = running;
        instance = program.start(generations.peek());
    }

    /**
     * Looks at the sources once. While they are still being written, which is until two looks see the same, nothing
     * happens.
     *
     * @param before the look before this one
     * @return this look, for the next one
     */
    synchronized SourceTree look(SourceTree before) throws Exception {
        var now = SourceTree.of(watched);
        boolean settled = before.changesIn(now).isEmpty();
        if (settled && !tried.changesIn(now).isEmpty()) {
            tried = now;
            apply(running.changesIn(now), now);
        }
        return now;
    }

    private void apply(Collection<Path> changed, SourceTree now) throws Exception {
        if (changed.isEmpty()) {
            out.println("Back to what is running.");
            return;
        }
        long start = System.nanoTime();
        out.println("Changed: " + names(changed));
        Generation current = Objects.requireNonNull(generations.peek());
        switch (compilation.next(current, changed)) {
            case Outcome.Failed(String messages) -> {
                out.print(messages);
                out.println("Not compiled; the service before this change keeps running.");
            }
            case Outcome.Compiled(Generation next) -> {
                if (replace(current, next)) {
                    running = now;
                    out.println("Reloaded in " + (System.nanoTime() - start) / 1_000_000 + " ms.");
                }
            }
        }
    }

    /** One port cannot be listened on twice: the old one goes before the new one comes. */
    private boolean replace(Generation current, Generation next) throws Exception {
        instance.stop();
        try {
            instance = program.start(next);
        } catch (Exception | LinkageError failure) {
            out.println("It compiles but does not start: " + failure);
            failure.printStackTrace(out);
            instance = program.start(current);
            out.println("The service before this change is running again.");
            return false;
        }
        generations.push(next);
        while (generations.size() > 2) {
            generations.removeLast();
        }
        compilation.keepOnly(generations);
        return true;
    }

    private String names(Collection<Path> changed) {
        Path first = changed.iterator().next();
        return root.relativize(first) + (changed.size() == 1 ? "" : " and " + (changed.size() - 1) + " more");
    }

    synchronized void stop() {
        if (instance != null) {
            instance.stop();
            instance = null;
        }
    }
}
