package io.gatehouse.runtime;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The node's private port: liveness, readiness in MicroProfile Health's form, and metrics for
 * Prometheus.
 */
public final class OperationsServlet extends HttpServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    GatewayNode node = (GatewayNode) getServletContext().getAttribute(NodeLifecycle.NODE);
    switch (request.getRequestURI()) {
      case "/metrics" -> {
        response.setContentType("text/plain; version=0.0.4; charset=utf-8");
        response.getWriter().write(node == null ? "" : node.scrape());
      }
      case "/health/live", "/health/started" -> health(response, Optional.empty());
      default ->
          health(
              response, node == null ? Optional.of("the node has not started") : node.notReady());
    }
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
