package customerservice.persistence.schema;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import liquibase.resource.AbstractResource;
import liquibase.resource.AbstractResourceAccessor;
import liquibase.resource.Resource;

/**
 * Gives Liquibase this module's changelogs and nothing else. Its own accessors look for jars and directories; in the
 * linked image there are none.
 */
final class ChangelogResources extends AbstractResourceAccessor {

    @Override
    public List<Resource> getAll(String path) {
        var resource = new ModuleResource(path);
        return resource.exists() ? List.of(resource) : List.of();
    }

    @Override
    public List<Resource> search(String path, boolean recursive) {
        return List.of();
    }

    @Override
    public List<String> describeLocations() {
        return List.of("module customerservice.persistence");
    }

    @Override
    public void close() {
        // holds nothing
    }

    private static final class ModuleResource extends AbstractResource {

        ModuleResource(String path) {
            super(path, URI.create("module:/" + path));
        }

        @Override
        public InputStream openInputStream() throws IOException {
            InputStream stream = ChangelogResources.class.getResourceAsStream("/" + getPath());
            if (stream == null) {
                throw new FileNotFoundException(getPath());
            }
            return stream;
        }

        @Override
        public boolean exists() {
            return ChangelogResources.class.getResource("/" + getPath()) != null;
        }

        @Override
        public Resource resolve(String other) {
            return new ModuleResource(resolvePath(other));
        }

        @Override
        public Resource resolveSibling(String other) {
            return new ModuleResource(resolveSiblingPath(other));
        }
    }
}
