package customerservice.testbed;

import java.nio.file.Path;

/**
 * {@link customerservice.testsupport.WorkingDirectory} under the name by which the image's build knows it; goes as soon as
 * that names the other.
 */
public final class WorkingDirectory {

    private WorkingDirectory() {}

    /** A new folder that only this user can read. */
    public static Path temporary(String prefix) {
        return customerservice.testsupport.WorkingDirectory.temporary(prefix);
    }

    /** Removes the folder and all that is in it; what someone else removes meanwhile is no error. */
    public static void delete(Path folder) {
        customerservice.testsupport.WorkingDirectory.delete(folder);
    }
}
