package io.gatehouse.e2e;

import static software.amazon.awssdk.services.apigateway.model.Op.REPLACE;

import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/**
 * What a tenant owns beside its APIs, keys and plans, and a valid call of every operation on it.
 */
record AccountThings(String certificate, String link) {

  /** Names nothing, though each id is of the right form. */
  static final AccountThings NOTHING = new AccountThings("zzzzz6", "zzzzz7");

  static AccountThings create(ApiGatewayClient client) {
    return new AccountThings(
        client.generateClientCertificate(r -> {}).clientCertificateId(),
        client
            .createVpcLink(
                r ->
                    r.name("link")
                        .targetArns(
                            "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/a/b"))
            .id());
  }

  static void addTo(Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put(
        "GetClientCertificate",
        (c, o) -> c.getClientCertificate(r -> r.clientCertificateId(o.things().certificate())));
    calls.put(
        "UpdateClientCertificate",
        (c, o) ->
            c.updateClientCertificate(
                r ->
                    r.clientCertificateId(o.things().certificate())
                        .patchOperations(replace("/description", "taken"))));
    calls.put(
        "DeleteClientCertificate",
        (c, o) -> c.deleteClientCertificate(r -> r.clientCertificateId(o.things().certificate())));
    calls.put("GetVpcLink", (c, o) -> c.getVpcLink(r -> r.vpcLinkId(o.things().link())));
    calls.put(
        "UpdateVpcLink",
        (c, o) ->
            c.updateVpcLink(
                r -> r.vpcLinkId(o.things().link()).patchOperations(replace("/name", "taken"))));
    calls.put("DeleteVpcLink", (c, o) -> c.deleteVpcLink(r -> r.vpcLinkId(o.things().link())));
  }

  /** A text with the ids replaced by what they are ids of. */
  String masked(String text) {
    return text.replace(certificate, "CERTIFICATE").replace(link, "LINK");
  }

  static String everything(ApiGatewayClient client) {
    return client.getClientCertificates(r -> r.limit(500))
        + "\n"
        + client.getVpcLinks(r -> r.limit(500));
  }

  private static PatchOperation replace(String path, String value) {
    return PatchOperation.builder().op(REPLACE).path(path).value(value).build();
  }
}
