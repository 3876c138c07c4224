package customerservice.app.command.user;

import customerservice.domain.identity.Role;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A role as an argument. */
final class ToRole implements ITypeConverter<Role> {

    @Override
    public Role convert(String label) {
        return Role.ofLabel(label)
                .orElseThrow(() -> new TypeConversionException(
                        "expected admin, operator or viewer, not '" + label + "'"));
    }
}
