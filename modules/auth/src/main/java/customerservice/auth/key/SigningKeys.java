package customerservice.auth.key;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * The keys of the access tokens: all of them verify, the current one signs. They come from {@code jwt-keys.json}, a JWK
 * Set (RFC 7517) with private parameters. Each key has {@code kid}, {@code kty}, {@code alg} (RS256 or ES256), {@code
 * use} ({@code sig}), the parameters of RFC 7518, section 6, and may have a {@code status}: {@code current} (which is
 * the default), {@code next} or {@code previous}; exactly one is current. {@code status_since} may tell since when it
 * has that status (RFC 3339, UTC); only {@link StoredKeySet#rotate} goes by it.
 */
public final class SigningKeys {

    private static final int MAX_FILE = 64 * 1024;

    private final Map<String, SigningKey> byId;
    private final SigningKey current;
    private final byte[] jwks;

    SigningKeys(List<SigningKey> keys) {
        this.byId = HashMap.newHashMap(keys.size());
        SigningKey signing = null;
        for (SigningKey key : keys) {
            if (byId.put(key.id(), key) != null) {
                throw new SigningKeysException("two keys have the same kid");
            }
            if (key.status() == SigningKey.Status.CURRENT) {
                if (signing != null) {
                    throw new SigningKeysException("more than one key has the status current, or none at all");
                }
                signing = key;
            }
        }
        if (signing == null) {
            throw new SigningKeysException("no key has the status current");
        }
        this.current = signing;
        this.jwks = publicJson(keys).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Reads {@code jwt-keys.json}; at most 64 KiB.
     *
     * @throws SigningKeysException if it cannot be read or is not of that form; the message names the file
     */
    public static SigningKeys load(Path file) {
        return load(file, SigningKeys::parse);
    }

    static <T> T load(Path file, Function<byte[], T> parse) {
        Objects.requireNonNull(file, "file");
        // Whoever opens a FIFO waits until somebody writes to it.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new SigningKeysException(file + ": is not a regular file");
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE + 1);
        } catch (NoSuchFileException e) {
            throw new SigningKeysException(file + ": no such file");
        } catch (IOException e) {
            throw new SigningKeysException(file + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
        try {
            return parse.apply(content);
        } catch (SigningKeysException e) {
            throw new SigningKeysException(file + ": " + e.getMessage());
        }
    }

    /**
     * Reads the content of a {@code jwt-keys.json}.
     *
     * @throws SigningKeysException if it is not of that form
     */
    public static SigningKeys parse(byte[] content) {
        Objects.requireNonNull(content, "content");
        if (content.length > MAX_FILE) {
            throw new SigningKeysException("is larger than " + MAX_FILE + " bytes");
        }
        return new SigningKeys(KeyFile.read(content));
    }

    /**
     * The content of a new {@code jwt-keys.json} with a current key and a next one; a secret. RSA keys have 2048 bits.
     *
     * @param clock for the date in the new keys' ids, and since when they have their status
     */
    public static String generate(SigningAlgorithm algorithm, Clock clock) {
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(clock, "clock");
        return StoredKeySet.generate(algorithm, clock).json();
    }

    /** The public halves as a JWK Set (RFC 7517, section 5), for {@code /.well-known/jwks.json}. */
    public byte[] jwks() {
        return jwks.clone();
    }

    /** The id of the key that signs. */
    public String currentId() {
        return current.id();
    }

    /** The ids of all keys. */
    Set<String> ids() {
        return Set.copyOf(byId.keySet());
    }

    /** Whether this very key is among them still. */
    public boolean have(SigningKey key) {
        SigningKey sameId = byId.get(key.id());
        return sameId != null && sameId.isSameAs(key);
    }

    public SigningKey current() {
        return current;
    }

    /** Null if there is none with exactly this id; not an Optional, because every verification asks. */
    public SigningKey find(String id) {
        return byId.get(id);
    }

    private static String publicJson(List<SigningKey> keys) {
        var json = new StringBuilder("{\"keys\":[");
        for (int i = 0; i < keys.size(); i++) {
            json.append(i == 0 ? "" : ",").append(keys.get(i).publicJson());
        }
        return json.append("]}").toString();
    }

    /** Names the keys' ids, nothing else of them. */
    @Override
    public String toString() {
        return "SigningKeys" + byId.values();
    }
}
