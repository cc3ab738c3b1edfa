package io.gatehouse.admin.pools;

import io.gatehouse.model.wire.ApiError;
import software.amazon.awssdk.services.cognitoidentityprovider.model.TokenValidityUnitsType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * How long the tokens of a client live, in seconds.
 *
 * @param access and of id tokens, which live as long here
 */
record TokenLifetimes(int access, int refresh) {

  static final int USUAL_SECONDS = 3600;
  static final int USUAL_REFRESH_DAYS = 30;
  static final int LONGEST_SECONDS = 3650 * 24 * 3600;
  private static final int DAY = 24 * 3600;

  /**
   * @throws ApiError naming the member that is out of its bounds
   */
  static TokenLifetimes of(UserPoolClientType client) {
    TokenValidityUnitsType units =
        client.tokenValidityUnits() == null
            ? TokenValidityUnitsType.builder().build()
            : client.tokenValidityUnits();
    int access =
        seconds(
            "AccessTokenValidity",
            client.accessTokenValidity(),
            units.accessTokenAsString(),
            300,
            DAY);
    int id =
        seconds("IdTokenValidity", client.idTokenValidity(), units.idTokenAsString(), 300, DAY);
    if (client.idTokenValidity() != null && id != access) {
      throw ApiError.notImplemented(
          "The member IdTokenValidity with another time than AccessTokenValidity");
    }
    Integer refreshes = client.refreshTokenValidity();
    int refresh =
        refreshes == null || refreshes == 0
            ? USUAL_REFRESH_DAYS * DAY
            : seconds(
                "RefreshTokenValidity",
                refreshes,
                units.refreshTokenAsString() == null ? "days" : units.refreshTokenAsString(),
                3600,
                LONGEST_SECONDS);
    return new TokenLifetimes(access, refresh);
  }

  private static int seconds(String member, Integer count, String unit, long least, long most) {
    if (count == null) {
      return USUAL_SECONDS;
    }
    long seconds =
        switch (unit == null ? "hours" : unit) {
          case "seconds" -> count;
          case "minutes" -> count * 60L;
          case "hours" -> count * 3600L;
          case "days" -> (long) count * DAY;
          default ->
              throw ApiError.badRequest(
                  "TokenValidityUnits are seconds, minutes, hours or days, for " + member);
        };
    if (seconds < least || seconds > most) {
      throw ApiError.badRequest(
          "Invalid range for token validity: %s must be from %d to %d seconds"
              .formatted(member, least, most));
    }
    return (int) seconds;
  }
}
