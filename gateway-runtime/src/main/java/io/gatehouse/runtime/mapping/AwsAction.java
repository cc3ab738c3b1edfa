package io.gatehouse.runtime.mapping;

import io.gatehouse.model.aws.AwsService;
import io.gatehouse.model.aws.AwsService.JsonProtocol;
import io.gatehouse.model.aws.AwsService.Protocol;
import io.gatehouse.runtime.exchange.Exchange;

/**
 * The action of a service that an integration calls, as in {@code sns:action/Publish}.
 *
 * @param name a URI whose path is the action's name, perhaps with variables
 */
public record AwsAction(AwsService service, UriTemplate name) {

  String name(Exchange x, Content content) {
    return name.path(x, content).substring(1);
  }

  Protocol protocol(String contentType) {
    return service.protocol(contentType);
  }

  /** The content type that its requests have unless they are mapped another; null for any. */
  String contentType() {
    return service.queryVersion().isPresent()
        ? null
        : service.json().map(JsonProtocol::contentType).orElse(null);
  }

  /** The value of {@code X-Amz-Target}. */
  String target(String name) {
    return service.json().map(json -> json.targetPrefix() + "." + name).orElse(name);
  }
}
