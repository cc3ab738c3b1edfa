package io.gatehouse.admin.console.pools;

import io.gatehouse.admin.console.pools.PoolPresenter.Shown;
import java.util.List;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** How the same is done by tools, ready to copy. */
final class PoolSnippets {

  private PoolSnippets() {}

  static String create(String endpoint) {
    return """
    aws cognito-idp create-user-pool --endpoint-url %1$s --pool-name shop
    aws cognito-idp create-user-pool --endpoint-url %1$s --pool-name staff \\
      --user-pool-tags gatehouse:issuer=https://id.example.com/realms/staff"""
        .formatted(endpoint);
  }

  /** Tokens of a person, by the vendor's own operation, which needs no access key. */
  static String passwordToken(String endpoint, String clientId) {
    return """
    aws cognito-idp initiate-auth --no-sign-request --endpoint-url %s \\
      --auth-flow USER_PASSWORD_AUTH --client-id %s \\
      --auth-parameters USERNAME=ann,PASSWORD=... \\
      --query AuthenticationResult.IdToken --output text"""
        .formatted(endpoint, clientId);
  }

  /** Tokens of a program, or of a person with scopes, from the issuer itself. */
  static String programToken(String issuer, String clientId, List<String> scopes) {
    return """
    curl -s %s/protocol/openid-connect/token \\
      -d grant_type=client_credentials -d client_id=%s \\
      -d client_secret="$CLIENT_SECRET" --data-urlencode 'scope=%s'"""
        .formatted(issuer, clientId, String.join(" ", scopes));
  }

  static String authorizer(String endpoint, UserPoolType pool) {
    return """
    aws apigateway create-authorizer --endpoint-url %s \\
      --rest-api-id API --name %s --type COGNITO_USER_POOLS \\
      --identity-source method.request.header.Authorization \\
      --provider-arns %s"""
        .formatted(endpoint, word(pool.name()), pool.arn());
  }

  static String terraform(Shown shown) {
    UserPoolType pool = shown.pool();
    StringBuilder tags = new StringBuilder();
    pool.userPoolTags()
        .forEach(
            (key, value) ->
                tags.append("    \"%s\" = \"%s\"\n".formatted(quoted(key), quoted(value))));
    return """
    resource "aws_cognito_user_pool" "%s" {
      name = "%s"%s
    }"""
        .formatted(
            word(pool.name()),
            quoted(pool.name()),
            tags.isEmpty() ? "" : "\n  tags = {\n" + tags + "  }");
  }

  private static String word(String name) {
    String word = name.replaceAll("[^A-Za-z0-9_-]", "-");
    return word.matches("[A-Za-z].*") ? word : "pool-" + word;
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("${", "$${")
        .replace("%{", "%%{");
  }
}
