package io.gatehouse.model.snapshot;

/**
 * How the targets of a VPC link are asked whether they are well.
 *
 * @param path of an HTTP request that a well target answers with 200 to 399; empty where being
 *     connected to is enough
 * @param tls whether targets are spoken to by TLS, whatever an integration's URI says
 * @param intervalSeconds from one question to the next
 * @param healthy questions answered well in a row that make a target well
 * @param unhealthy questions not answered well in a row that make it unwell
 */
public record HealthCheck(
    String path, boolean tls, int intervalSeconds, int timeoutMillis, int healthy, int unhealthy) {

  /** By connecting alone. */
  public static final HealthCheck TCP = new HealthCheck("", false, 10, 5000, 2, 2);
}
