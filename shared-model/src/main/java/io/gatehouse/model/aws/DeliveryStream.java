package io.gatehouse.model.aws;

import java.util.Optional;
import java.util.regex.Pattern;

/** A Firehose delivery stream that a stage's access log may go to. */
public record DeliveryStream(String region, String account, String name) {

  private static final String RESOURCE = "deliverystream/";

  /** The vendor asks for the prefix, too. */
  private static final Pattern NAME = Pattern.compile("amazon-apigateway-[a-zA-Z0-9_.-]{1,46}");

  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]{1,9}){1,3}-\\d");
  private static final Pattern ACCOUNT = Pattern.compile("\\d{12}");

  /** Empty for an ARN of anything else, and for text that is none. */
  public static Optional<DeliveryStream> of(String arn) {
    return Arn.parse(arn)
        .filter(one -> one.service().equals("firehose") && one.resource().startsWith(RESOURCE))
        .map(
            one ->
                new DeliveryStream(
                    one.region(), one.account(), one.resource().substring(RESOURCE.length())))
        .filter(DeliveryStream::isOne);
  }

  private static boolean isOne(DeliveryStream stream) {
    return NAME.matcher(stream.name).matches()
        && REGION.matcher(stream.region).matches()
        && ACCOUNT.matcher(stream.account).matches();
  }
}
