package customerservice.testbed.dev;

import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One compiled state of the project's modules. Its folders are never written again, so that the service that runs from
 * them can load a class whenever it comes to need one.
 *
 * @param classes where each module's classes and resources lie, by the module's name
 */
record Generation(int number, Map<String, Path> classes) {

    Generation {
        classes = Map.copyOf(classes);
    }

    /** The state that the build left in {@code target/classes}. */
    static Generation built(Collection<ModuleFolder> modules) {
        var classes = new HashMap<String, Path>();
        for (ModuleFolder module : modules) {
            classes.put(module.name(), module.classes());
        }
        return new Generation(0, classes);
    }

    /**
     * An instance of a class, by its public constructor without arguments, in a layer of its own over the one that this
     * program runs in. The project's modules are taken from this generation even where the lower layer has modules of the
     * same names; libraries come from the lower layer.
     *
     * @param type what both layers know the class as, which only a type of the JDK or of a library can be
     */
    <T> T create(String moduleName, String className, Class<T> type) throws ReflectiveOperationException {
        ModuleFinder finder = ModuleFinder.of(classes.values().toArray(Path[]::new));
        ModuleLayer below = ModuleLayer.boot();
        Configuration configuration = below.configuration().resolveAndBind(finder, ModuleFinder.of(),
                Set.of(moduleName));
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(configuration, List.of(below),
                ClassLoader.getSystemClassLoader());
        Module module = controller.layer().findModule(moduleName).orElseThrow();
        Class<?> created = module.getClassLoader().loadClass(className);
        controller.addExports(module, created.getPackageName(), Generation.class.getModule());
        return type.cast(created.getConstructor().newInstance());
    }
}
