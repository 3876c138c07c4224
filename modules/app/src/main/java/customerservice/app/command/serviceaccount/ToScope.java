package customerservice.app.command.serviceaccount;

import customerservice.domain.identity.Scope;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A scope as an argument. */
final class ToScope implements ITypeConverter<Scope> {

    @Override
    public Scope convert(String label) {
        return Scope.ofLabel(label).orElseThrow(() -> new TypeConversionException("expected one of "
                + Arrays.stream(Scope.values()).map(Scope::label).collect(Collectors.joining(", "))
                + ", not '" + label + "'"));
    }
}
