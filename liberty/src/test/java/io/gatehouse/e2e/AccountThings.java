package io.gatehouse.e2e;

import static software.amazon.awssdk.services.apigateway.model.Op.REPLACE;

import java.util.Map;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.DomainName;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;

/**
 * What a tenant owns beside its APIs, keys and plans, and a valid call of every operation on it.
 */
record AccountThings(
    String certificate, String link, String domain, String privateArn, String association) {

  /** Names nothing, though each id is of the right form. */
  static final AccountThings NOTHING =
      new AccountThings(
          "zzzzz6",
          "zzzzz7",
          "zzzzz8.example.com",
          "arn:aws:apigateway:us-east-1:999999999999:/domainnames/p.example.com+zzzzz9",
          "arn:aws:apigateway:us-east-1:999999999999:/domainnameaccessassociations/x");

  static AccountThings create(ApiGatewayClient client, String apiId) {
    String domain = apiId + ".example.com";
    client.createDomainName(r -> r.domainName(domain));
    client.createBasePathMapping(r -> r.domainName(domain).basePath("base").restApiId(apiId));
    String privateArn =
        client
            .createDomainName(
                r ->
                    r.domainName("p.example.com")
                        .endpointConfiguration(e -> e.typesWithStrings("PRIVATE")))
            .domainNameArn();
    return new AccountThings(
        client.generateClientCertificate(r -> {}).clientCertificateId(),
        client
            .createVpcLink(
                r ->
                    r.name("link")
                        .targetArns(
                            "arn:aws:elasticloadbalancing:us-east-1:111111111111:loadbalancer/net/a/b"))
            .id(),
        domain,
        privateArn,
        client
            .createDomainNameAccessAssociation(
                r ->
                    r.domainNameArn(privateArn)
                        .accessAssociationSourceType("VPCE")
                        .accessAssociationSource("vpce-1"))
            .domainNameAccessAssociationArn());
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
    domains(calls);
    associations(calls);
  }

  private static void domains(Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put("GetDomainName", (c, o) -> c.getDomainName(r -> r.domainName(o.things().domain())));
    calls.put(
        "UpdateDomainName",
        (c, o) ->
            c.updateDomainName(
                r ->
                    r.domainName(o.things().domain())
                        .patchOperations(replace("/securityPolicy", "TLS_1_0"))));
    calls.put(
        "DeleteDomainName", (c, o) -> c.deleteDomainName(r -> r.domainName(o.things().domain())));
    calls.put(
        "CreateBasePathMapping",
        (c, o) ->
            c.createBasePathMapping(
                r -> r.domainName(o.things().domain()).basePath("taken").restApiId(o.api())));
    calls.put(
        "GetBasePathMappings",
        (c, o) -> c.getBasePathMappings(r -> r.domainName(o.things().domain())));
    calls.put(
        "GetBasePathMapping",
        (c, o) -> c.getBasePathMapping(r -> r.domainName(o.things().domain()).basePath("base")));
    calls.put(
        "UpdateBasePathMapping",
        (c, o) ->
            c.updateBasePathMapping(
                r ->
                    r.domainName(o.things().domain())
                        .basePath("base")
                        .patchOperations(replace("/basePath", "taken"))));
    calls.put(
        "DeleteBasePathMapping",
        (c, o) -> c.deleteBasePathMapping(r -> r.domainName(o.things().domain()).basePath("base")));
  }

  private static void associations(Map<String, BiFunction<ApiGatewayClient, Owned, Object>> calls) {
    calls.put(
        "CreateDomainNameAccessAssociation",
        (c, o) ->
            c.createDomainNameAccessAssociation(
                r ->
                    r.domainNameArn(o.things().privateArn())
                        .accessAssociationSourceType("VPCE")
                        .accessAssociationSource("vpce-2")));
    calls.put(
        "DeleteDomainNameAccessAssociation",
        (c, o) ->
            c.deleteDomainNameAccessAssociation(
                r -> r.domainNameAccessAssociationArn(o.things().association())));
    calls.put(
        "RejectDomainNameAccessAssociation",
        (c, o) ->
            c.rejectDomainNameAccessAssociation(
                r ->
                    r.domainNameArn(o.things().privateArn())
                        .domainNameAccessAssociationArn(o.things().association())));
  }

  /** A text with the ids replaced by what they are ids of. */
  String masked(String text) {
    return text.replace(certificate, "CERTIFICATE")
        .replace(link, "LINK")
        .replace(domain, "DOMAIN")
        .replace(privateArn, "PRIVATE")
        .replace(association, "ASSOCIATION");
  }

  static String everything(ApiGatewayClient client) {
    StringBuilder all = new StringBuilder();
    all.append(client.getClientCertificates(r -> r.limit(500))).append('\n');
    all.append(client.getVpcLinks(r -> r.limit(500))).append('\n');
    all.append(client.getDomainNameAccessAssociations(r -> r.limit(500))).append('\n');
    for (DomainName domain : client.getDomainNames(r -> r.limit(500)).items()) {
      all.append(domain).append('\n');
      all.append(
              client.getBasePathMappings(
                  r ->
                      r.domainName(domain.domainName())
                          .domainNameId(domain.domainNameId())
                          .limit(500)))
          .append('\n');
    }
    return all.toString();
  }

  private static PatchOperation replace(String path, String value) {
    return PatchOperation.builder().op(REPLACE).path(path).value(value).build();
  }
}
