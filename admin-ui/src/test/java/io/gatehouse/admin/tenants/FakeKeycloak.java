package io.gatehouse.admin.tenants;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * As much of Keycloak's admin interface as the directory asks for: users in groups, of which one
 * tenant's are there.
 */
final class FakeKeycloak implements AutoCloseable {

  static final String ACCOUNT = "111111111111";

  private static final String ADMIN = "/admin/realms/gatehouse";

  /** A user and the names of the groups, as {@code owner}. */
  static final class User {
    final JsonObject body;
    final Set<String> roles = new LinkedHashSet<>();
    boolean enabled = true;
    boolean pending;
    boolean emailVerified = true;
    boolean hasNewPassword;

    User(JsonObject body) {
      this.body = body;
    }
  }

  final Map<String, User> users = new LinkedHashMap<>();
  final List<String> mails = new ArrayList<>();

  /** What is answered with 500, as {@code DELETE /users/1/groups/owner}. */
  final Set<String> failing = new TreeSet<>();

  boolean sendsMail;

  /** What a new user was made with. */
  JsonObject made = JsonObject.EMPTY_JSON_OBJECT;

  private final HttpServer server;

  FakeKeycloak() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  User put(String id, String name, String... roles) {
    User user =
        new User(
            Json.createObjectBuilder()
                .add("id", id)
                .add("username", name)
                .add("email", name + "@example.com")
                .build());
    user.roles.addAll(List.of(roles));
    users.put(id, user);
    return user;
  }

  private void answer(HttpExchange call) throws IOException {
    String path = call.getRequestURI().getPath();
    String at = path.startsWith(ADMIN) ? path.substring(ADMIN.length()) : path;
    String verb = call.getRequestMethod();
    byte[] in = call.getRequestBody().readAllBytes();
    if (failing.contains(verb + " " + at)) {
      send(call, 500, "");
    } else if (at.endsWith("/token")) {
      send(call, 200, "{\"access_token\":\"t\",\"expires_in\":300,\"token_type\":\"Bearer\"}");
    } else if (at.isEmpty()) {
      send(
          call,
          200,
          "{\"realm\":\"gatehouse\",\"smtpServer\":"
              + (sendsMail ? "{\"host\":\"mail.example.com\"}" : "{}")
              + "}");
    } else if (at.startsWith("/group-by-path/tenants/" + ACCOUNT + "/")) {
      send(call, 200, group(at.substring(at.lastIndexOf('/') + 1)).build().toString());
    } else if (at.startsWith("/groups/")) {
      send(call, 200, members(at.split("/")[2]));
    } else if (at.equals("/users")) {
      users(call, verb, in);
    } else if (at.startsWith("/users/")) {
      user(call, verb, at.split("/"));
    } else {
      send(call, 404, "{}");
    }
  }

  private static JsonObjectBuilder group(String role) {
    return Json.createObjectBuilder()
        .add("id", role)
        .add("name", role)
        .add("path", "/tenants/" + ACCOUNT + "/" + role);
  }

  private String members(String role) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    users.values().stream().filter(u -> u.roles.contains(role)).forEach(u -> all.add(shown(u)));
    return all.build().toString();
  }

  private static JsonObject shown(User user) {
    JsonArrayBuilder actions = Json.createArrayBuilder();
    if (user.pending) {
      actions.add("UPDATE_PASSWORD");
    }
    return Json.createObjectBuilder(user.body)
        .add("enabled", user.enabled)
        .add("emailVerified", user.emailVerified)
        .add("requiredActions", actions)
        .build();
  }

  private void users(HttpExchange call, String verb, byte[] in) throws IOException {
    if (verb.equals("POST")) {
      made = Json.createReader(new ByteArrayInputStream(in)).readObject();
      String id = "new" + users.size();
      User user = new User(Json.createObjectBuilder(made).add("id", id).build());
      made.getJsonArray("groups")
          .getValuesAs(JsonString.class)
          .forEach(
              g -> user.roles.add(g.getString().substring(g.getString().lastIndexOf('/') + 1)));
      users.put(id, user);
      call.getResponseHeaders().add("Location", url() + ADMIN + "/users/" + id);
      send(call, 201, "");
      return;
    }
    String query = call.getRequestURI().getQuery();
    JsonArrayBuilder found = Json.createArrayBuilder();
    users.values().stream()
        .filter(
            u ->
                List.of(query.split("&")).contains("username=" + u.body.getString("username"))
                    || List.of(query.split("&")).contains("email=" + u.body.getString("email", "")))
        .forEach(u -> found.add(shown(u)));
    send(call, 200, found.build().toString());
  }

  private void user(HttpExchange call, String verb, String[] path) throws IOException {
    User user = users.get(path[2]);
    if (user == null) {
      send(call, 404, "{}");
      return;
    }
    switch (verb + " " + (path.length > 3 ? path[3] : "")) {
      case "GET " -> send(call, 200, shown(user).toString());
      case "DELETE " -> {
        users.remove(path[2]);
        send(call, 204, "");
      }
      case "GET sessions" -> send(call, 200, "[{\"start\":1780315200000},{\"start\":1}]");
      case "PUT execute-actions-email" -> {
        mails.add(path[2]);
        send(call, 204, "");
      }
      case "PUT reset-password" -> {
        user.hasNewPassword = true;
        send(call, 204, "");
      }
      case "GET groups" -> {
        JsonArrayBuilder all = Json.createArrayBuilder();
        user.roles.forEach(role -> all.add(group(role)));
        send(call, 200, all.build().toString());
      }
      case "PUT groups" -> {
        user.roles.add(path[4]);
        send(call, 204, "");
      }
      case "DELETE groups" -> {
        user.roles.remove(path[4]);
        send(call, 204, "");
      }
      default -> send(call, 405, "{}");
    }
  }

  private static void send(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    call.getResponseHeaders().add("Content-Type", "application/json");
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      call.getResponseBody().write(bytes);
    }
    call.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
