package customerservice.deadlock;

import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the service, and dead-locks it once a file appears: classes that wait for each other's initialization hold the
 * threads that all virtual threads run on, so that no request is answered any more while the process looks alive.
 */
public final class Deadlock {

    private static final CountDownLatch BOTH = new CountDownLatch(2);

    private Deadlock() {}

    /** Arguments: the file; then the service's. */
    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Thread.ofPlatform().daemon().name("deadlock").start(() -> {
            while (!Files.exists(file)) {
                pause();
            }
            Thread.ofPlatform().start(One::touch);
            Thread.ofPlatform().start(Other::touch);
            // More than there are threads to run them on, and each waits without letting go of its own.
            for (int i = 0; i < 1024; i++) {
                Thread.ofVirtual().start(i % 2 == 0 ? One::touch : Other::touch);
            }
        });
        String[] rest = new String[arguments.length - 1];
        System.arraycopy(arguments, 1, rest, 0, rest.length);
        Method main = Class.forName("customerservice.app.Main").getMethod("main", String[].class);
        main.invoke(null, (Object) rest);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void meet() {
        BOTH.countDown();
        try {
            BOTH.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class One {
        static {
            meet();
            Other.touch();
        }

        static void touch() {}
    }

    private static final class Other {
        static {
            meet();
            One.touch();
        }

        static void touch() {}
    }
}
