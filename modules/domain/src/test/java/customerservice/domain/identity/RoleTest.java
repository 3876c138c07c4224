package customerservice.domain.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleTest {

    @Test
    void anAdminMayAllThatPeopleDo() {
        assertEquals(EnumSet.complementOf(EnumSet.of(Scope.TOKENS_INTROSPECT)), Role.ADMIN.scopes());
    }

    @Test
    void anOperatorMayReadAndWrite() {
        assertEquals(Set.of(Scope.CUSTOMERS_READ, Scope.CUSTOMERS_WRITE), Role.OPERATOR.scopes());
    }

    @Test
    void aViewerMayRead() {
        assertEquals(Set.of(Scope.CUSTOMERS_READ), Role.VIEWER.scopes());
    }

    @Test
    void aRoleOfALaterReleaseMayNothingAndIsNotToBeGiven() {
        assertEquals(Set.of(), Role.UNKNOWN.scopes());
        assertEquals(Optional.empty(), Role.ofLabel(Role.UNKNOWN.label()));
    }

    @ParameterizedTest
    @EnumSource(names = "UNKNOWN", mode = EnumSource.Mode.EXCLUDE)
    void aRoleIsKnownByItsLabel(Role role) {
        assertEquals(Optional.of(role), Role.ofLabel(role.label()));
    }

    @ParameterizedTest
    @EnumSource
    void aScopeIsKnownByItsLabel(Scope scope) {
        assertEquals(Optional.of(scope), Scope.ofLabel(scope.label()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ADMIN", "root", "customers:read "})
    void nothingElseIsARoleOrAScope(String label) {
        assertEquals(Optional.empty(), Role.ofLabel(label));
        assertEquals(Optional.empty(), Scope.ofLabel(label));
    }

    @Test
    void aUsersTextFormTellsNeitherNameNorHash() {
        var user = new User(UUID.randomUUID(), "lovelace", Role.ADMIN, "$argon2id$secret", true, Instant.EPOCH);

        assertFalse(user.toString().contains("secret"), user.toString());
        assertFalse(user.toString().contains("lovelace"), user.toString());
    }
}
