package customerservice.app.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A path as an argument; none if it has characters that the locale does not, and so came as others. */
final class ToPath implements ITypeConverter<Path> {

    @Override
    public Path convert(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("expected a path in characters of the locale (LC_ALL, LC_CTYPE or LANG)");
        }
    }
}
