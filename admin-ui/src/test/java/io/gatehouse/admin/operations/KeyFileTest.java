package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyFileTest {

  @Test
  void columnsComeInAnyOrderAndSpellingAndFieldsMayBeQuoted() {
    KeyFile file =
        parse(
            "\uFEFFKEY,description,unknown,nAmE,UsagePlanIds\r\n"
                + "k1,\"says \"\"hi\"\", twice\r\nover\",x,n1,\"p1, p2,p1\"\r\n"
                + "\r\n"
                + "k2,d,x,n2,'p3,p4'\r\n"
                + "k3,it's,x,n3\r\n");

    assertEquals(
        List.of(
            new KeyFile.Line(
                2, "n1", "k1", "says \"hi\", twice\r\nover", true, List.of("p1", "p2")),
            new KeyFile.Line(5, "n2", "k2", "d", true, List.of("p3", "p4")),
            new KeyFile.Line(6, "n3", "k3", "it's", true, List.of())),
        file.lines());
  }

  @Test
  void onlyTheWordFalseDisables() {
    KeyFile file = parse("name,key,enabled\na,k,FALSE\nb,k,no\nc,k,\nd,k,false\n");

    assertEquals(
        List.of(false, true, true, false),
        file.lines().stream().map(KeyFile.Line::enabled).toList());
  }

  @Test
  void whatIsNoFileOfKeysIsRefused() {
    for (String text :
        List.of(
            "",
            "name\nx",
            "key,enabled\nx,true",
            "name,key\na,\"b\"c\n",
            "name,key\na,b\u0000\n",
            "name,key\n" + "a,b\n".repeat(10_001))) {
      ApiError error = assertThrows(ApiError.class, () -> parse(text));
      assertEquals(ApiError.Kind.BAD_REQUEST, error.kind(), error.getMessage());
    }
    assertThrows(ApiError.class, () -> KeyFile.parse(new byte[] {(byte) 0xff}));
  }

  private static KeyFile parse(String text) {
    return KeyFile.parse(text.getBytes(StandardCharsets.UTF_8));
  }
}
