package io.gatehouse.model.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operators one by one: the policy's value, the request's value, and whether they fit. */
class ConditionTest {

  @ParameterizedTest
  @CsvSource({
    "StringEquals,a,a,true",
    "StringEquals,a*,ab,false",
    "StringEquals,a,A,false",
    "StringNotEquals,a,b,true",
    "StringNotEquals,a,a,false",
    "StringEqualsIgnoreCase,Ab,aB,true",
    "StringNotEqualsIgnoreCase,Ab,aB,false",
    "StringLike,a*c?,abbbcd,true",
    "StringLike,a*c?,abbbc,false",
    "StringNotLike,a*,abc,false",
    "NumericEquals,10,10.0,true",
    "NumericNotEquals,10,10.0,false",
    "NumericNotEquals,10,ten,true",
    "NumericLessThan,10,9.99,true",
    "NumericLessThan,10,10,false",
    "NumericLessThanEquals,10,10,true",
    "NumericGreaterThan,-1,0,true",
    "NumericGreaterThanEquals,3,2,false",
    "NumericEquals,1,ten,false",
    "DateEquals,2026-06-01T12:00:00Z,2026-06-01T14:00:00+02:00,true",
    "DateEquals,1780315200,2026-06-01T12:00:00Z,true",
    "DateNotEquals,2026-06-01,2026-06-01T00:00:00Z,false",
    "DateLessThan,2026-06-01,2026-05-31T23:59:59Z,true",
    "DateLessThanEquals,2026-06-01,2026-06-01T00:00:00Z,true",
    "DateGreaterThan,2026-06-01,2026-06-01T00:00:00Z,false",
    "DateGreaterThanEquals,2026-06-01,2026-06-01T00:00:00Z,true",
    "DateLessThan,2026-06-01,yesterday,false",
    "Bool,true,True,true",
    "Bool,true,false,false",
    "BinaryEquals,QmlsYm8=,QmlsYm8=,true",
    "BinaryEquals,QmlsYm8=,QmlsYm4=,false",
    "IpAddress,203.0.113.0/24,203.0.113.200,true",
    "IpAddress,203.0.113.0/24,203.0.114.1,false",
    "IpAddress,203.0.113.7,203.0.113.7,true",
    "IpAddress,0.0.0.0/0,8.8.8.8,true",
    "IpAddress,0.0.0.0/0,2001:db8::1,false",
    "IpAddress,2001:db8::/33,2001:db8:7fff::1,true",
    "IpAddress,2001:db8::/33,2001:db8:8000::1,false",
    "IpAddress,10.0.0.0/8,::ffff:10.1.2.3,true",
    "IpAddress,10.0.0.0/8,not an address,false",
    "NotIpAddress,10.0.0.0/8,10.1.2.3,false",
    "NotIpAddress,10.0.0.0/8,11.1.2.3,true",
    "ArnEquals,arn:aws:iam::1:user/*,arn:aws:iam::1:user/a:b,true",
    "ArnLike,arn:aws:*:user/a,arn:aws:iam::1:user/a,false",
    "ArnLike,arn:aws:iam::*:user/a,arn:aws:iam::1:user/a,true",
    "ArnNotEquals,arn:aws:iam::1:user/a,arn:aws:iam::1:user/a,false",
    "ArnNotLike,arn:aws:iam::2:*,arn:aws:iam::1:user/a,true",
    "ArnLike,arn:aws:iam::1:*,nonsense,false"
  })
  void a_value_fits_or_not(String operator, String wanted, String given, boolean fits) {
    assertEquals(fits, holds(operator, "[\"" + wanted + "\"]", List.of(given)));
  }

  @ParameterizedTest
  @CsvSource({
    "StringEquals,false",
    "StringNotEquals,true",
    "StringEqualsIfExists,true",
    "StringNotEqualsIfExists,true",
    "NumericLessThan,false",
    "ForAllValues:StringEquals,true",
    "ForAnyValue:StringEquals,false",
    "ForAnyValue:StringNotEquals,false",
    "ForAnyValue:StringEqualsIfExists,true"
  })
  void a_missing_key_fits_where_iam_says_so(String operator, boolean fits) {
    assertEquals(fits, holds(operator, "[\"7\"]", List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "ForAllValues:StringEquals,a b,true",
    "ForAllValues:StringEquals,a c,false",
    "ForAnyValue:StringEquals,c a,true",
    "ForAnyValue:StringEquals,c d,false",
    "ForAllValues:StringNotEquals,c d,true",
    "ForAllValues:StringNotEquals,c a,false",
    "ForAnyValue:StringNotEquals,a c,true",
    "ForAnyValue:StringNotEquals,a b,false",
    "StringEquals,c a,true",
    "StringNotEquals,c a,false"
  })
  void several_values_of_a_request_are_compared_as_the_set_operator_says(
      String operator, String given, boolean fits) {
    assertEquals(fits, holds(operator, "[\"a\",\"b\"]", List.of(given.split(" "))));
  }

  @Test
  void null_asks_whether_the_key_is_there() {
    assertEquals(true, holds("Null", "true", List.of()));
    assertEquals(false, holds("Null", "true", List.of("x")));
    assertEquals(true, holds("Null", "\"false\"", List.of("x")));
    assertEquals(false, holds("Null", "false", List.of()));
  }

  @Test
  void blocks_of_addresses_are_those_that_whole_numbers_give() {
    Random random = new Random(7);
    int inside = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] network = new byte[random.nextBoolean() ? 4 : 16];
      random.nextBytes(network);
      byte[] address = network.clone();
      int flipped = random.nextInt(address.length * 8);
      address[flipped / 8] ^= (byte) (0x80 >> flipped % 8);
      int bits = random.nextInt(network.length * 8 + 1);
      int shift = network.length * 8 - bits;
      boolean expected =
          new BigInteger(1, network)
              .shiftRight(shift)
              .equals(new BigInteger(1, address).shiftRight(shift));
      boolean found =
          new AddressBlock(network, bits).contains(new AddressBlock(address, address.length * 8));
      assertEquals(expected, found);
      inside += found ? 1 : 0;
    }
    assertEquals(true, inside > 5_000);
  }

  private static boolean holds(String operator, String wanted, List<String> given) {
    String policy =
        """
        {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*",
         "Condition": {"%s": {"test:key": %s}}}}"""
            .formatted(operator, wanted);
    return Policy.parse(policy, Policy.Kind.IDENTITY)
        .verdict(new PolicyRequest(Principal.ANONYMOUS, "a:b", "r", Map.of("TEST:Key", given)))
        .allows();
  }
}
