package io.gatehouse.admin.console;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The addresses that people copy into their tools. */
@ApplicationScoped
public class Addresses {

  private final String managementUrl;
  private final List<String> gatewayUrls;
  private final String sampleBackendUrl;

  /** For the container's proxies. */
  protected Addresses() {
    this("", Optional.empty(), "");
  }

  @Inject
  public Addresses(
      @ConfigProperty(name = "GATEHOUSE_MANAGEMENT_URL", defaultValue = "http://127.0.0.1:9080")
          String managementUrl,
      @ConfigProperty(name = "GATEHOUSE_GATEWAY_URLS") Optional<String> gatewayUrls,
      @ConfigProperty(name = "GATEHOUSE_SAMPLE_BACKEND_URL", defaultValue = "http://127.0.0.1:9280")
          String sampleBackendUrl) {
    this.managementUrl = managementUrl;
    this.gatewayUrls =
        gatewayUrls.map(urls -> List.of(urls.strip().split("\\s+"))).orElse(List.of());
    this.sampleBackendUrl = sampleBackendUrl;
  }

  /** To be given to any tool as the endpoint. */
  public String managementUrl() {
    return managementUrl;
  }

  /** One a node. */
  public List<String> gatewayUrls() {
    return gatewayUrls;
  }

  public String sampleBackendUrl() {
    return sampleBackendUrl;
  }

  /** Where each node serves a stage, by path. */
  public List<String> invokeUrlsByPath(String apiId, String stage) {
    return gatewayUrls.stream()
        .map(url -> url + "/_aws/execute-api/" + apiId + "/" + stage)
        .toList();
  }

  /** Where each node serves a stage, by host name; the port is the node's. */
  public List<String> invokeUrlsByHost(String apiId, String stage, String region) {
    return gatewayUrls.stream()
        .map(java.net.URI::create)
        .map(
            url ->
                url.getScheme()
                    + "://"
                    + apiId
                    + ".execute-api."
                    + region
                    + ".localhost"
                    + (url.getPort() < 0 ? "" : ":" + url.getPort())
                    + "/"
                    + stage)
        .toList();
  }
}
