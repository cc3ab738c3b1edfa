package io.gatehouse.runtime;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The node's private port: liveness, readiness in MicroProfile Health's form, metrics for
 * Prometheus, how backends fare, and why requests were refused.
 */
public final class OperationsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;
  private static final String STORIES = "/requests/";

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    GatewayNode node = (GatewayNode) getServletContext().getAttribute(NodeLifecycle.NODE);
    String path = request.getRequestURI();
    if (node != null && node.isFunction(request.getRemotePort(), request.getLocalPort())) {
      // What it shows is of all accounts, and a function is of one.
      response.sendError(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    if (path.startsWith(STORIES)) {
      story(response, node, path.substring(STORIES.length()));
      return;
    }
    switch (path) {
      case "/metrics" -> {
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.getWriter().write(node == null ? "" : node.scrape());
      }
      case "/backends" -> {
        response.setContentType("application/json");
        response.setCharacterEncoding("UTF-8");
        response.getWriter().write(node == null ? "[]" : node.backends());
      }
      case "/health/live", "/health/started" -> health(response, Optional.empty());
      default ->
          health(
              response, node == null ? Optional.of("the node has not started") : node.notReady());
    }
  }

  private static void story(HttpServletResponse response, GatewayNode node, String requestId)
      throws IOException {
    Optional<JsonObject> story = node == null ? Optional.empty() : node.story(requestId);
    response.setStatus(
        story.isPresent() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_NOT_FOUND);
    response.setContentType("application/json");
    response
        .getWriter()
        .write(
            story
                .map(JsonObject::toString)
                .orElse("{\"message\":\"This node remembers no refused request of this id\"}"));
  }

  private static void health(HttpServletResponse response, Optional<String> trouble)
      throws IOException {
    String status = trouble.isEmpty() ? "UP" : "DOWN";
    JsonObjectBuilder check = JSON.createObjectBuilder().add("name", "node").add("status", status);
    trouble.ifPresent(text -> check.add("data", JSON.createObjectBuilder().add("reason", text)));
    response.setStatus(
        trouble.isEmpty() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setContentType("application/json");
    response
        .getWriter()
        .write(
            JSON.createObjectBuilder()
                .add("status", status)
                .add("checks", JSON.createArrayBuilder().add(check))
                .build()
                .toString());
  }
}
