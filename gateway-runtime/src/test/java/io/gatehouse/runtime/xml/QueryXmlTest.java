package io.gatehouse.runtime.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryXmlTest {

  private static String json(String xml) throws InvalidXml {
    Budget budget = Budget.of(1_000_000);
    return Json.text(QueryXml.parse(xml.getBytes(UTF_8), budget), budget);
  }

  @Test
  void elementsAreMapsAndTextsAreStrings() throws InvalidXml {
    assertEquals(
        "{\"R\":{\"A\":{\"B\":\"x\"},\"C\":\"\"}}",
        json("<?xml version='1.0'?><n:R xmlns:n='u' a='b'>\n <A><B>x</B></A><C/></n:R>"));
  }

  @Test
  void membersAndElementsOfOneNameAreLists() throws InvalidXml {
    assertEquals("{\"R\":[\"1\"]}", json("<R><member>1</member></R>"));
    assertEquals("{\"R\":[{\"A\":\"1\"}]}", json("<R><member><A>1</A></member></R>"));
    assertEquals("{\"R\":{\"A\":[\"1\",\"2\"]}}", json("<R><A>1</A><A>2</A></R>"));
  }

  @Test
  void entriesAreAMap() throws InvalidXml {
    assertEquals(
        "{\"R\":{\"a\":\"1\",\"b\":\"2\"}}",
        json(
            "<R><entry><key>a</key><value>1</value></entry>"
                + "<entry><key>b</key><value>2</value></entry></R>"));
  }

  @Test
  void whatIsEscapedIsText() throws InvalidXml {
    assertEquals(
        "{\"R\":\"<a> & \\\"b\\\" ü\"}", json("<R>&lt;a&gt; &amp; <![CDATA[\"b\"]]> &#252;</R>"));
  }

  @Test
  void whatIsNoDocumentIsRefused() {
    for (String text :
        List.of(
            "",
            " ",
            "x",
            "<R>",
            "<R></S>",
            "<R>&x;</R>",
            "<R a=1/>",
            "\u0000",
            "<!DOCTYPE R [<!ENTITY x \"y\">]><R>&x;</R>",
            "<!DOCTYPE R SYSTEM \"http://127.0.0.1:1/x\"><R>&x;</R>",
            "<a>".repeat(100) + "</a>".repeat(100),
            "<a>".repeat(100_000))) {
      assertThrows(InvalidXml.class, () -> json(text), text);
    }
  }

  @Test
  void everyCharacterIsPaidForBeforeItIsLookedAt() {
    byte[] document = ("<R>" + "x".repeat(1000) + "</R>").getBytes(UTF_8);
    assertThrows(BudgetExhausted.class, () -> QueryXml.parse(document, Budget.of(1000)));
  }
}
