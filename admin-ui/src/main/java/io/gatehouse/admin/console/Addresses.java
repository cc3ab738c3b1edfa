package io.gatehouse.admin.console;

import io.gatehouse.admin.Settings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The addresses that people copy into their tools. */
@ApplicationScoped
public class Addresses {

  private final String managementUrl;
  private final String region;
  private final List<String> gatewayUrls;
  private final String sampleBackendUrl;

  /** For the container's proxies. */
  protected Addresses() {
    this("", "", List.of(), "");
  }

  @Inject
  public Addresses(
      Settings settings,
      @ConfigProperty(name = "GATEHOUSE_SAMPLE_BACKEND_URL", defaultValue = "http://127.0.0.1:9280")
          String sampleBackendUrl) {
    this(settings.managementUrl(), settings.region(), settings.gatewayUrls(), sampleBackendUrl);
  }

  public Addresses(
      String managementUrl, String region, List<String> gatewayUrls, String sampleBackendUrl) {
    this.managementUrl = managementUrl;
    this.region = region;
    this.gatewayUrls = List.copyOf(gatewayUrls);
    this.sampleBackendUrl = sampleBackendUrl;
  }

  /** To be given to any tool as the endpoint. */
  public String managementUrl() {
    return managementUrl;
  }

  public String region() {
    return region;
  }

  /** One a node. */
  public List<String> gatewayUrls() {
    return gatewayUrls;
  }

  /** The pet store that an installation may bring along. */
  public String sampleBackendUrl() {
    return sampleBackendUrl;
  }

  /** Where a node serves a stage, by path: works everywhere. */
  public static String byPath(String gatewayUrl, String apiId, String stage) {
    return gatewayUrl + "/_aws/execute-api/" + apiId + "/" + stage;
  }

  /** Where a node serves a stage, by host name: needs a name that leads to the node. */
  public static String byHost(String gatewayUrl, String apiId, String stage) {
    URI node = URI.create(gatewayUrl);
    String port = node.getPort() < 0 ? "" : ":" + node.getPort();
    return node.getScheme() + "://" + apiId + ".execute-api.localhost" + port + "/" + stage;
  }
}
