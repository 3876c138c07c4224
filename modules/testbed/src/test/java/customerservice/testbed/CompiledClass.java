package customerservice.testbed;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One class file: what it uses, and what of it can be used by others. Members are named {@code a/b/C.member}. */
record CompiledClass(ClassModel model) {

    private static final Pattern OURS = Pattern.compile("customerservice/(?:\\w+/)*[A-Z][\\w$]*");
    private static final Set<String> OF_EVERY_ENUM = Set.of("values", "valueOf");
    private static final Set<String> CALLED_BY_THE_JVM = Set.of("main", "premain");

    static CompiledClass read(Path file) throws IOException {
        return new CompiledClass(ClassFile.of().parse(file));
    }

    String name() {
        return model.thisClass().asInternalName();
    }

    /** Its superclass and interfaces. */
    Set<String> supertypes() {
        var supertypes = new HashSet<String>();
        model.superclass().map(ClassEntry::asInternalName).ifPresent(supertypes::add);
        model.interfaces().forEach(type -> supertypes.add(type.asInternalName()));
        return supertypes;
    }

    String packageName() {
        return packageOf(name());
    }

    private static String packageOf(String internalName) {
        return internalName.substring(0, internalName.lastIndexOf('/'));
    }

    Set<String> usedPackages() {
        var packages = new TreeSet<String>();
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof Utf8Entry text) {
                // Descriptors and signatures name classes too, and the names of classes are among these entries.
                Matcher matcher = OURS.matcher(text.stringValue());
                while (matcher.find()) {
                    if (matcher.group().lastIndexOf('/') > 0) {
                        packages.add(packageOf(matcher.group()));
                    }
                }
            }
        }
        return packages;
    }

    /** Classes and members of other packages that this one uses. */
    Set<String> usedElsewhere() {
        var used = new HashSet<String>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case MemberRefEntry member -> {
                    String owner = member.owner().asInternalName();
                    if (owner.startsWith("customerservice/")) {
                        used.add(owner + "." + member.name().stringValue());
                    }
                }
                case Utf8Entry text -> {
                    Matcher matcher = OURS.matcher(text.stringValue());
                    while (matcher.find()) {
                        used.add(matcher.group());
                    }
                }
                default -> {
                }
            }
        }
        used.removeIf(element -> packageOf(element).equals(packageName()));
        return used;
    }

    /** Its public classes and members, but for those that are public since a supertype, the JVM or a library asks for it. */
    Set<String> publicMembers(List<CompiledClass> all) {
        if (!model.flags().has(AccessFlag.PUBLIC) || model.flags().has(AccessFlag.ANNOTATION)) {
            return Set.of();
        }
        var members = new HashSet<String>();
        if (!name().contains("$")) {
            members.add(name());
        }
        if (model.flags().has(AccessFlag.INTERFACE)) {
            return members;
        }
        boolean record = model.findAttribute(Attributes.record()).isPresent();
        for (FieldModel field : model.fields()) {
            boolean inlined = field.findAttribute(Attributes.constantValue()).isPresent();
            if (field.flags().has(AccessFlag.PUBLIC) && !inlined && !field.flags().has(AccessFlag.ENUM)) {
                members.add(name() + "." + field.fieldName().stringValue());
            }
        }
        for (MethodModel method : model.methods()) {
            if (method.flags().has(AccessFlag.PUBLIC) && !method.flags().has(AccessFlag.SYNTHETIC)
                    && !isAskedFor(method, record, all)) {
                members.add(name() + "." + method.methodName().stringValue());
            }
        }
        return members;
    }

    private boolean isAskedFor(MethodModel method, boolean record, List<CompiledClass> all) {
        String name = method.methodName().stringValue();
        if (record && (name.equals("<init>") || model.fields().stream()
                .anyMatch(field -> field.fieldName().stringValue().equals(name)))) {
            return true;
        }
        if ((model.flags().has(AccessFlag.ENUM) && OF_EVERY_ENUM.contains(name)) || CALLED_BY_THE_JVM.contains(name)) {
            return true;
        }
        return overrides(method, all);
    }

    private boolean overrides(MethodModel method, List<CompiledClass> all) {
        for (String supertype : supertypes()) {
            for (CompiledClass ours : all) {
                if (ours.name().equals(supertype) && (ours.declares(method) || ours.overrides(method, all))) {
                    return true;
                }
            }
            if (!supertype.startsWith("customerservice/") && isDeclaredBy(supertype, method)) {
                return true;
            }
        }
        return false;
    }

    /** By name alone: type parameters make the descriptors differ. */
    private boolean declares(MethodModel method) {
        return !method.methodName().stringValue().equals("<init>")
                && model.methods().stream().anyMatch(
                        own -> own.methodName().stringValue().equals(method.methodName().stringValue()));
    }

    private static boolean isDeclaredBy(String supertype, MethodModel method) {
        if (method.methodName().stringValue().equals("<init>")) {
            return false;
        }
        try {
            Class<?> type = Class.forName(ClassDesc.ofInternalName(supertype).packageName() + "."
                    + ClassDesc.ofInternalName(supertype).displayName(), false, CompiledClass.class.getClassLoader());
            return Set.of(type.getMethods()).stream()
                    .anyMatch(inherited -> inherited.getName().equals(method.methodName().stringValue()));
        } catch (ClassNotFoundException e) {
            // A library that tests do not see; what implements its types is public for it.
            return true;
        }
    }
}
