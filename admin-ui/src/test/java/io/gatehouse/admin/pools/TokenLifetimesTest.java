package io.gatehouse.admin.pools;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

class TokenLifetimesTest {

  private static TokenLifetimes of(Consumer<UserPoolClientType.Builder> settings) {
    return TokenLifetimes.of(UserPoolClientType.builder().applyMutation(settings).build());
  }

  @Test
  void byThemselvesTokensLiveAnHourAndSessionsThirtyDays() {
    assertEquals(new TokenLifetimes(3600, 30 * 86400), of(c -> {}));
    assertEquals(new TokenLifetimes(3600, 30 * 86400), of(c -> c.refreshTokenValidity(0)));
  }

  @Test
  void unitsAreHoursAndDaysUnlessSaid() {
    assertEquals(
        new TokenLifetimes(7200, 86400),
        of(c -> c.accessTokenValidity(2).idTokenValidity(2).refreshTokenValidity(1)));
    assertEquals(
        new TokenLifetimes(600, 7200),
        of(
            c ->
                c.accessTokenValidity(10)
                    .idTokenValidity(600)
                    .refreshTokenValidity(2)
                    .tokenValidityUnits(
                        u -> u.accessToken("minutes").idToken("seconds").refreshToken("hours"))));
  }

  @Test
  void whatIsOutOfBoundsIsRefusedAlsoWhereTheNumberOverflows() {
    assertThrows(ApiError.class, () -> of(c -> c.accessTokenValidity(25)));
    assertThrows(
        ApiError.class,
        () ->
            of(
                c ->
                    c.accessTokenValidity(Integer.MAX_VALUE)
                        .tokenValidityUnits(u -> u.accessToken("days"))));
    assertThrows(ApiError.class, () -> of(c -> c.accessTokenValidity(-1)));
    assertThrows(ApiError.class, () -> of(c -> c.refreshTokenValidity(3651)));
    assertThrows(
        ApiError.class,
        () -> of(c -> c.accessTokenValidity(1).tokenValidityUnits(u -> u.accessToken("weeks"))));
  }
}
