package io.gatehouse.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** People at the sign-in service, made as its administrator makes them. */
final class People {

  static final String PASSWORD = "only-in-tests";

  private static final Pattern TOKEN = Pattern.compile("\"access_token\":\"([^\"]+)\"");

  private final String keycloak;
  private final String administratorPassword;
  private final HttpClient http = HttpClient.newHttpClient();

  People(Installation installation) throws IOException {
    keycloak = installation.get("GATEHOUSE_KEYCLOAK_URL");
    administratorPassword =
        Files.readString(installation.home.resolve("secrets/keycloak-admin-password")).strip();
  }

  /** A person whose only memberships are these groups. */
  void add(String userName, String... groups) throws IOException, InterruptedException {
    String person =
        """
        {"username": "%1$s", "enabled": true, "email": "%1$s@gatehouse.invalid", "emailVerified": true,
         "firstName": "%1$s", "lastName": "Person", "groups": ["%2$s"],
         "credentials": [{"type": "password", "value": "%3$s"}]}
        """
            .formatted(userName, String.join("\", \"", groups), PASSWORD);
    HttpResponse<String> made =
        http.send(
            HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms/gatehouse/users"))
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(person))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (made.statusCode() != 201) {
      throw new AssertionError(made.statusCode() + ": " + made.body());
    }
  }

  private String token() throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(
                    URI.create(keycloak + "/realms/master/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&client_id=admin-cli&username=admin&password="
                            + URLEncoder.encode(administratorPassword, StandardCharsets.UTF_8)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    Matcher token = TOKEN.matcher(answer.body());
    if (!token.find()) {
      throw new AssertionError("no token: " + answer.statusCode());
    }
    return token.group(1);
  }
}
