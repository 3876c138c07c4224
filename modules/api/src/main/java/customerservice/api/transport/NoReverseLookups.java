package customerservice.api.transport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/**
 * Looks up names as ever, but no addresses. The server asks for the name of every peer before a TLS handshake, to no end;
 * whoever answers for the peer's address could make that take as long as it likes.
 */
public final class NoReverseLookups extends InetAddressResolverProvider {

    /** For the platform's service loader. */
    public NoReverseLookups() {}

    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new NamesOnly(configuration.builtinResolver());
    }

    @Override
    public String name() {
        return "no reverse lookups";
    }

    private record NamesOnly(InetAddressResolver platform) implements InetAddressResolver {

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return platform.lookupByName(host, policy);
        }

        /** The address then stands for itself. */
        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            throw new UnknownHostException();
        }
    }
}
