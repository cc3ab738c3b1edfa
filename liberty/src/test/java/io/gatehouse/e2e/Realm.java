package io.gatehouse.e2e;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A realm of a real Keycloak, with one client, one person and one scope. */
final class Realm {

  static final String NAME = "pool";
  static final String CLIENT = "shop";
  static final String SCOPE = "shop/read";

  private static final String PERSON = "jo";
  private static final String PASSWORD = "only-in-tests";
  private static final String PROVIDER = "org.keycloak.keys.KeyProvider";

  private final String keycloak;
  private final String administratorPassword;
  private final HttpClient http = HttpClient.newHttpClient();

  Realm(String keycloak, String administratorPassword) {
    this.keycloak = keycloak;
    this.administratorPassword = administratorPassword;
  }

  String issuer() {
    return issuer(keycloak);
  }

  /** Of the realm as it will be called, which need not be there yet. */
  static String issuer(String keycloak) {
    return keycloak + "/realms/" + NAME;
  }

  void create() throws IOException, InterruptedException {
    send(
        "POST",
        "",
        """
        {"realm": "%s", "enabled": true, "sslRequired": "none", "accessTokenLifespan": 3600,
         "clients": [{"clientId": "%s", "publicClient": true, "directAccessGrantsEnabled": true}],
         "users": [{"username": "%s", "enabled": true, "email": "jo@gatehouse.invalid",
           "emailVerified": true, "firstName": "Jo", "lastName": "Doe",
           "credentials": [{"type": "password", "value": "%s"}]}]}
        """
            .formatted(NAME, CLIENT, PERSON, PASSWORD));
    send(
        "POST",
        "/pool/client-scopes",
        """
        {"name": "%s", "protocol": "openid-connect",
         "attributes": {"include.in.token.scope": "true"}}
        """
            .formatted(SCOPE));
    String client = id(list("/pool/clients?clientId=" + CLIENT), "clientId", CLIENT);
    String scope = id(list("/pool/client-scopes"), "name", SCOPE);
    send("PUT", "/pool/clients/" + client + "/optional-client-scopes/" + scope, "");
  }

  /** From now on tokens are signed with another key; the others are still published. */
  void rotate(String name) throws IOException, InterruptedException {
    String realm = read("/pool").asJsonObject().getString("id");
    send(
        "POST",
        "/pool/components",
        """
        {"name": "%s", "providerId": "rsa-generated", "providerType": "%s", "parentId": "%s",
         "config": {"priority": ["200"], "algorithm": ["RS256"]}}
        """
            .formatted(name, PROVIDER, realm));
  }

  /** No longer publishes the key that the realm was made with. */
  void removeFirstKey() throws IOException, InterruptedException {
    JsonArray keys = list("/pool/components?type=" + PROVIDER);
    send("DELETE", "/pool/components/" + id(keys, "name", "rsa-generated"), "");
  }

  /** By the person's password. */
  JsonObject tokens(String scope) throws IOException, InterruptedException {
    return form(
        issuer(),
        "grant_type=password&client_id=%s&username=%s&password=%s&scope=%s"
            .formatted(CLIENT, PERSON, PASSWORD, encoded(scope)));
  }

  private JsonObject form(String realm, String form) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + ": " + answer.body());
    }
    return json(answer.body()).asJsonObject();
  }

  private static String id(JsonArray things, String member, String value) {
    List<JsonObject> found =
        things.getValuesAs(JsonObject.class).stream()
            .filter(one -> one.getString(member).equals(value))
            .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          value + " is not among " + found(things, member).collect(Collectors.joining(" ")));
    }
    return found.getFirst().getString("id");
  }

  private static Stream<String> found(JsonArray things, String member) {
    return things.getValuesAs(JsonObject.class).stream().map(one -> one.getString(member));
  }

  private JsonArray list(String path) throws IOException, InterruptedException {
    return read(path).asJsonArray();
  }

  private JsonValue read(String path) throws IOException, InterruptedException {
    return json(send("GET", path, ""));
  }

  private static JsonValue json(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    }
  }

  private String send(String verb, String path, String body)
      throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(keycloak + "/admin/realms" + path))
                .header("Authorization", "Bearer " + administrator())
                .header("Content-Type", "application/json")
                .method(
                    verb,
                    body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new AssertionError(
          verb + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }

  private String administrator() throws IOException, InterruptedException {
    return form(
            keycloak + "/realms/master",
            "grant_type=password&client_id=admin-cli&username=admin&password="
                + encoded(administratorPassword))
        .getString("access_token");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
