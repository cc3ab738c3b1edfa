package io.gatehouse.admin.pools;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/**
 * By which ways a client gets tokens.
 *
 * @param password of people, who call InitiateAuth
 * @param adminPassword of people, for whom a program with an access key calls AdminInitiateAuth
 * @param refresh with a token of before
 * @param code the sign-in page, with a code for the program
 * @param implicit the sign-in page, with tokens for the browser
 * @param clientCredentials of the program itself
 */
record AuthFlows(
    boolean password,
    boolean adminPassword,
    boolean refresh,
    boolean code,
    boolean implicit,
    boolean clientCredentials) {

  /** What a realm has, by the vendor's names: the newer ones, and those of before. */
  static final Set<String> EXPLICIT =
      Set.of(
          "ALLOW_USER_PASSWORD_AUTH",
          "ALLOW_ADMIN_USER_PASSWORD_AUTH",
          "ALLOW_REFRESH_TOKEN_AUTH",
          "USER_PASSWORD_AUTH",
          "ADMIN_NO_SRP_AUTH");

  static AuthFlows of(UserPoolClientType client) {
    Set<String> explicit = new HashSet<>(client.explicitAuthFlowsAsStrings());
    List<String> pages =
        Boolean.TRUE.equals(client.allowedOAuthFlowsUserPoolClient())
            ? client.allowedOAuthFlowsAsStrings()
            : List.of();
    return new AuthFlows(
        explicit.contains("ALLOW_USER_PASSWORD_AUTH") || explicit.contains("USER_PASSWORD_AUTH"),
        explicit.contains("ALLOW_ADMIN_USER_PASSWORD_AUTH")
            || explicit.contains("ADMIN_NO_SRP_AUTH"),
        // The names of before had none for it: it was always there.
        explicit.stream().noneMatch(name -> name.startsWith("ALLOW_"))
            || explicit.contains("ALLOW_REFRESH_TOKEN_AUTH"),
        pages.contains("code"),
        pages.contains("implicit"),
        pages.contains("client_credentials"));
  }
}
