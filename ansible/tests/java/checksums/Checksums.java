package customerservice.persistence.schema;

import java.lang.reflect.Method;
import java.util.Map;

/** Prints what a release expects the schema to have: id and checksum of each migration. Run as a part of the module. */
public final class Checksums {

    private Checksums() {}

    public static void main(String[] arguments) throws ReflectiveOperationException {
        Method checksums = Class.forName("customerservice.persistence.schema.Migrations").getDeclaredMethod("checksums");
        checksums.setAccessible(true);
        ((Map<?, ?>) checksums.invoke(null)).forEach((id, checksum) -> System.out.println(id + " " + checksum));
    }
}
