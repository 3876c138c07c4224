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
     * Arguments: the image, the folder of the linked jars, that of jars of which files were copied, Maven's bill of
     * materials, where to write a copy of ours, the project's folder.
     */
    public static void main(String[] arguments) throws IOException {
        Path image = Path.of(arguments[0]);
        List<LinkedModule> modules = LinkedModule.of(image, Path.of(arguments[1]));
        BillOfMaterials bill = BillOfMaterials.read(Path.of(arguments[3]));
        Path project = Path.of(arguments[5]);
        Path ours = image.resolve("sbom.cdx.json");
        bill.write(ours, modules, new CopiedFiles(modules).components(
                Path.of(arguments[2]), project.resolve("runtime-image/copied-files.json")));
        Files.copy(ours, Path.of(arguments[4]), StandardCopyOption.REPLACE_EXISTING);

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
