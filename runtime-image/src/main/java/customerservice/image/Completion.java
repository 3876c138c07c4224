package customerservice.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Last step of the build: what jlink does not put into an image. */
final class Completion {

    private Completion() {}

    /**
     * Arguments: the image, the folder of the linked jars, Maven's bill of materials, where to write a copy of ours, the
     * project's folder.
     */
    public static void main(String[] arguments) throws IOException {
        Path image = Path.of(arguments[0]);
        List<LinkedModule> modules = LinkedModule.of(image, Path.of(arguments[1]));
        BillOfMaterials bill = BillOfMaterials.read(Path.of(arguments[2]));
        Path ours = image.resolve("sbom.cdx.json");
        bill.write(ours, modules);
        Files.copy(ours, Path.of(arguments[3]), StandardCopyOption.REPLACE_EXISTING);
        Path project = Path.of(arguments[4]);

        var notices = new Notices(image.resolve("legal"), Files.readAllBytes(project.resolve("LICENSE")));
        for (LinkedModule module : modules) {
            if (!module.isOfTheJdk()) {
                notices.write(module, bill.licence(module));
            }
        }
        Path launcher = project.resolve("runtime-image/launcher");
        Files.copy(launcher.resolve("customer-service"), image.resolve("bin/customer-service"));
        Files.copy(launcher.resolve("jvm.options"), image.resolve("lib/jvm.options"));
    }
}
