package io.gatehouse.model.aws;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a service of the vendor's is spoken to. A service that the table does not know takes the
 * query protocol for its actions, without a version, and is signed for by its own name.
 *
 * @param name as in the ARN of an integration and in the service's host name
 * @param signingName what requests are signed for
 * @param sdkName by which the SDKs' endpoint variables know it, in lower case without blanks
 * @param global whether it has one address for all regions, which is signed for us-east-1
 * @param json how its actions are called in the JSON protocol
 * @param queryVersion of its API in the query protocol
 */
public record AwsService(
    String name,
    String signingName,
    String sdkName,
    boolean global,
    Optional<JsonProtocol> json,
    Optional<String> queryVersion) {

  /**
   * The JSON protocol of a service.
   *
   * @param targetPrefix of {@code X-Amz-Target}, before the dot and the action
   * @param version of the content type {@code application/x-amz-json-VERSION}
   */
  public record JsonProtocol(String targetPrefix, String version) {
    public String contentType() {
      return "application/x-amz-json-" + version;
    }
  }

  /** In which an action is called. */
  public enum Protocol {
    JSON,
    QUERY
  }

  /** Name; signed as; in the SDKs; region or global; JSON target and version; query version. */
  private static final Map<String, AwsService> KNOWN =
      parse(
          """
          athena               =         =                    r  AmazonAthena                            1.1  -
          autoscaling          =         =                    r  -                                       -    2011-01-01
          bedrock-runtime      bedrock   bedrockruntime       r  -                                       -    -
          cloudformation       =         =                    r  -                                       -    2010-05-15
          cloudfront           =         =                    g  -                                       -    -
          codebuild            =         =                    r  CodeBuild_20161006                      1.1  -
          codepipeline         =         =                    r  CodePipeline_20150709                   1.1  -
          cognito-identity     =         cognitoidentity      r  AWSCognitoIdentityService               1.1  -
          cognito-idp          =         cognitoidentityprovider r AWSCognitoIdentityProviderService     1.1  -
          comprehend           =         =                    r  Comprehend_20171127                     1.1  -
          dynamodb             =         =                    r  DynamoDB_20120810                       1.0  -
          ec2                  =         =                    r  -                                       -    2016-11-15
          ecs                  =         =                    r  AmazonEC2ContainerServiceV20141113      1.1  -
          elasticache          =         =                    r  -                                       -    2015-02-02
          elasticloadbalancing =         elasticloadbalancingv2 r -                                      -    2015-12-01
          email                ses       ses                  r  -                                       -    2010-12-01
          events               =         eventbridge          r  AWSEvents                               1.1  -
          firehose             =         =                    r  Firehose_20150804                       1.1  -
          glue                 =         =                    r  AWSGlue                                 1.1  -
          iam                  =         =                    g  -                                       -    2010-05-08
          kinesis              =         =                    r  Kinesis_20131202                        1.1  -
          kms                  =         =                    r  TrentService                            1.1  -
          logs                 =         cloudwatchlogs       r  Logs_20140328                           1.1  -
          monitoring           =         cloudwatch           r  -                                       -    2010-08-01
          rds                  =         =                    r  -                                       -    2014-10-31
          redshift             =         =                    r  -                                       -    2012-12-01
          redshift-data        =         redshiftdata         r  RedshiftData                            1.1  -
          rekognition          =         =                    r  RekognitionService                      1.1  -
          route53              =         route53              g  -                                       -    -
          secretsmanager       =         =                    r  secretsmanager                          1.1  -
          servicediscovery     =         =                    r  Route53AutoNaming_v20170314             1.1  -
          sns                  =         =                    r  -                                       -    2010-03-31
          sqs                  =         =                    r  AmazonSQS                               1.0  2012-11-05
          ssm                  =         =                    r  AmazonSSM                               1.1  2014-11-06
          states               =         sfn                  r  AWSStepFunctions                        1.0  -
          sts                  =         =                    r  -                                       -    2011-06-15
          sync-states          states    sfn                  r  AWSStepFunctions                        1.0  -
          tagging              =         resourcegroupstaggingapi r ResourceGroupsTaggingAPI_20170126    1.1  -
          textract             =         =                    r  Textract                                1.1  -
          transcribe           =         =                    r  Transcribe                              1.1  -
          translate            =         =                    r  AWSShineFrontendService_20170701        1.1  -
          """);

  /** What the table says of it. */
  public static AwsService of(String name) {
    AwsService known = KNOWN.get(name);
    return known == null
        ? new AwsService(name, name, plain(name), false, Optional.empty(), Optional.empty())
        : known;
  }

  /** Step Functions takes actions that wait at an address of their own. */
  public static String servingName(String service, String action) {
    return service.equals("states")
            && (action.equals("StartSyncExecution") || action.equals("TestState"))
        ? "sync-states"
        : service;
  }

  /**
   * In which protocol an action is called: a service that speaks both is taken at the content type
   * of what it is sent.
   */
  public Protocol protocol(String contentType) {
    boolean query = queryVersion.isPresent() || json.isEmpty();
    boolean writesJson =
        contentType != null
            && contentType.toLowerCase(Locale.ROOT).startsWith("application/x-amz-json");
    return query && !(json.isPresent() && writesJson) ? Protocol.QUERY : Protocol.JSON;
  }

  /**
   * Whether the vendor answers the query protocol in JSON where JSON is accepted; EC2 speaks a
   * dialect that knows XML alone.
   */
  public boolean answersQueriesInJson() {
    return queryVersion.isPresent() && !name.equals("ec2");
  }

  /** The names under which an endpoint may be given for it, the likeliest first. */
  public List<String> endpointNames() {
    Set<String> names = new LinkedHashSet<>(List.of(name, plain(name), signingName, sdkName));
    return List.copyOf(names);
  }

  private static String plain(String name) {
    return name.replace("-", "");
  }

  private static Map<String, AwsService> parse(String table) {
    Map<String, AwsService> known = new HashMap<>();
    table
        .lines()
        .map(line -> line.strip().split(" +"))
        .forEach(
            row ->
                known.put(
                    row[0],
                    new AwsService(
                        row[0],
                        row[1].equals("=") ? row[0] : row[1],
                        row[2].equals("=") ? row[0] : row[2],
                        row[3].equals("g"),
                        row[4].equals("-")
                            ? Optional.empty()
                            : Optional.of(new JsonProtocol(row[4], row[5])),
                        row[6].equals("-") ? Optional.empty() : Optional.of(row[6]))));
    return Map.copyOf(known);
  }
}
