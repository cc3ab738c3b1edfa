package io.gatehouse.admin.pools;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.Settings;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/**
 * Calls of Keycloak's REST interface as the client that may make realms, each within a bounded
 * time: a database connection may wait with it.
 */
final class KeycloakCalls implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(KeycloakCalls.class.getName());
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A new realm has its keys made, which takes a while. */
  private static final Duration LONGEST = Duration.ofSeconds(25);

  /**
   * An answer.
   *
   * @param body JSON null where it is none
   */
  record Reply(int status, JsonValue body) {

    boolean isDone() {
      return status < 300;
    }

    /** What it says about a failure, without what callers have sent. */
    String words() {
      if (!(body instanceof JsonObject object)) {
        return "status " + status;
      }
      return object.getString(
          "errorMessage",
          object.getString("error_description", object.getString("error", "status " + status)));
    }

    String error() {
      return body instanceof JsonObject object ? object.getString("error", "") : "";
    }
  }

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
  private final Settings.Keycloak settings;
  private volatile String token = "";

  KeycloakCalls(Settings.Keycloak settings) {
    this.settings = settings;
  }

  /**
   * @param path below {@code /admin/realms}
   * @throws ApiError service unavailable
   */
  Reply admin(String verb, String path, JsonStructure body) {
    Reply reply = authorized(verb, path, body);
    if (reply.status() == 401) {
      token = "";
      reply = authorized(verb, path, body);
    }
    if (reply.status() == 401 || reply.status() == 403 || reply.status() >= 500) {
      LOG.warning("Keycloak answered " + verb + " " + path + " with " + reply.status());
      throw unavailable("did not do it (status " + reply.status() + ")");
    }
    return reply;
  }

  private Reply authorized(String verb, String path, JsonStructure body) {
    if (token.isEmpty()) {
      token = ownToken();
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(settings.url() + "/admin/realms" + path))
            .header("Authorization", "Bearer " + token)
            .method(
                verb,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return send(request);
  }

  private String ownToken() {
    String secret =
        settings
            .poolsSecret()
            .orElseThrow(
                () ->
                    ApiError.of(
                        ApiError.Kind.NOT_IMPLEMENTED,
                        "This installation makes no user pools of its own: its operator has not set"
                            + " GATEHOUSE_KEYCLOAK_POOLS_SECRET. Register an issuer instead, with"
                            + " the tag gatehouse:issuer"));
    Reply reply =
        form(
            "master",
            Map.of(
                "grant_type",
                "client_credentials",
                "client_id",
                settings.poolsClient(),
                "client_secret",
                secret));
    if (!(reply.isDone() && reply.body() instanceof JsonObject granted)) {
      LOG.warning(
          "Keycloak refuses the client "
              + settings.poolsClient()
              + " of the realm master (GATEHOUSE_KEYCLOAK_POOLS_CLIENT and _SECRET): "
              + reply.words());
      throw unavailable("does not let Gatehouse make user pools; its operator's log tells more");
    }
    return granted.getString("access_token");
  }

  /** Asks a realm for tokens. */
  Reply form(String realm, Map<String, String> fields) {
    String form =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    Reply reply =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        settings.url() + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    if (reply.status() >= 500) {
      throw unavailable("gave no token (status " + reply.status() + ")");
    }
    return reply;
  }

  private Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          http.send(
              request.timeout(LONGEST).build(),
              HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Reply(answer.statusCode(), parsed(answer.body()));
    } catch (IOException e) {
      LOG.warning("Keycloak at " + settings.url() + " does not answer: " + e);
      throw unavailable("does not answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for");
    }
  }

  private static JsonValue parsed(String text) {
    if (text.isBlank()) {
      return JsonValue.NULL;
    }
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return JsonValue.NULL;
    }
  }

  static ApiError unavailable(String what) {
    return ApiError.of(
        ApiError.Kind.SERVICE_UNAVAILABLE,
        "The sign-in service, which user pools are in, " + what + "; try again later");
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    http.close();
  }
}
