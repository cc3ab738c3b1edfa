package io.gatehouse.admin.console;

/**
 * How common tools are pointed at us, ready to copy.
 *
 * @param endpoint the management endpoint
 */
record ToolSnippets(String endpoint, String region) {

  String cli() {
    return """
    export AWS_ENDPOINT_URL=%s
    export AWS_DEFAULT_REGION=%s
    export AWS_ACCESS_KEY_ID=...
    export AWS_SECRET_ACCESS_KEY=...
    aws apigateway import-rest-api --body fileb://openapi.json"""
        .formatted(endpoint, region);
  }

  String terraform() {
    return """
    provider "aws" {
      region                      = "%s"
      skip_credentials_validation = true
      skip_requesting_account_id  = false
      endpoints {
        apigateway = "%s"
        sts        = "%s"
      }
    }"""
        .formatted(region, endpoint, endpoint);
  }

  String java() {
    return """
    ApiGatewayClient gateway =
        ApiGatewayClient.builder()
            .endpointOverride(URI.create("%s"))
            .region(Region.of("%s"))
            .build();"""
        .formatted(endpoint, region);
  }

  String python() {
    return """
    import boto3

    gateway = boto3.client("apigateway", endpoint_url="%s", region_name="%s")
    for api in gateway.get_rest_apis()["items"]:
        print(api["id"], api["name"])"""
        .formatted(endpoint, region);
  }
}
