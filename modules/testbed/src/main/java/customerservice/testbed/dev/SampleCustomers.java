package customerservice.testbed.dev;

import customerservice.domain.Caller;
import customerservice.domain.Violations;
import customerservice.domain.customer.AddressDraft;
import customerservice.domain.customer.CustomerDraft;
import customerservice.domain.customer.CustomerStore;
import customerservice.domain.customer.Customers;
import java.text.Normalizer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Customers to develop with. None exists: the people are invented, the addresses are at example.com, and the telephone
 * numbers are from ranges that regulators keep for fiction.
 */
final class SampleCustomers {

    /** Name; phone; status; line 1; line 2; city; region; postal code; country; metadata. */
    private static final String ROWS = """
            Amara Okafor;+441632960101;active;14 Quayside;;Newcastle upon Tyne;;NE1 3DX;GB;tier=gold,source=referral
            Björn Lindqvist;+46846500401;active;Sveavägen 48;4 tr;Stockholm;;111 34;SE;tier=silver
            Chiara Moretti;;active;Via San Vitale 21;;Bologna;BO;40125;IT;source=newsletter
            Dmitri Volkov;;suspended;Brīvības iela 76;;Rīga;;LV-1001;LV;tier=silver
            Eleanor Whitcombe;+447700900214;active;3 Mill Lane;;Bath;Somerset;BA1 2QZ;GB;tier=gold
            Farid Haddad;+33199004217;active;12 rue des Tanneurs;Bâtiment B;Lyon;;69005;FR;tier=bronze
            Grace Mbeki;;active;88 Long Street;;Cape Town;;8001;ZA;source=fair
            Hiroshi Tanabe;;active;2-11-3 Kitahama;;Osaka;;541-0041;JP;tier=gold,language=ja
            Ingrid Solheim;;closed;Strandgaten 9;;Bergen;;5013;NO;source=referral
            João Ferreira;;active;Rua das Flores 140;3.º Dto;Porto;;4050-263;PT;tier=bronze
            Katarzyna Wójcik;;active;ul. Szewska 7;;Kraków;;31-009;PL;language=pl
            Liam O'Donoghue;+353209100042;active;17 Patrick Street;;Cork;;T12 W8KF;IE;tier=silver
            Mei-Ling Chen;;active;No. 35, Section 2, Heping East Road;;Taipei;;106;TW;language=zh-TW
            Nadia Rahman;+12025550142;active;1408 Maple Avenue;Apt 6;Columbus;OH;43212;US;source=web
            Oscar Delgado;;suspended;Calle Mayor 52;;Zaragoza;;50001;ES;tier=bronze
            Priya Venkataraman;;active;9 Residency Road;;Bengaluru;Karnataka;560025;IN;tier=gold,source=fair
            Quentin Abernathy;+12025550177;active;77 Harbor View;;Portland;ME;04101;US;
            Rosalind Achterberg;;active;Oudegracht 201;;Utrecht;;3511 NG;NL;tier=silver
            Santiago Quiroga;;active;Avenida Colón 815;;Córdoba;;X5000;AR;language=es
            Tereza Nováková;;closed;Kozí 12;;Brno;;602 00;CZ;source=web
            Uchenna Eze;+441632960555;active;250 Deansgate;;Manchester;;M3 4LQ;GB;tier=bronze
            Vera Hoffmann;+493023125077;active;Torstraße 131;Hinterhaus;Berlin;;10119;DE;tier=gold
            William Tāne;;active;40 Cuba Street;;Wellington;;6011;NZ;source=newsletter
            Ximena Paredes;;active;Calle 10 # 43D-28;;Medellín;Antioquia;050021;CO;
            Zoë van der Merwe;+61255501234;active;5 Bligh Street;;Sydney;NSW;2000;AU;tier=silver,source=referral
            """;

    private static final Duration BETWEEN = Duration.ofHours(61);

    private SampleCustomers() {}

    /** Stores them through the domain, as if they had come one by one over the last weeks; returns how many there are. */
    static int create(CustomerStore store, Clock clock, RandomGenerator random) {
        var caller = new Caller("system", "sample-customers", "local");
        String[] rows = ROWS.split("\n", -1);
        int count = rows.length - 1; // the text ends with a line feed
        for (int i = 0; i < count; i++) {
            Instant created = clock.instant().minus(BETWEEN.multipliedBy(count - i));
            var customers = new Customers(store, entry -> {}, Clock.fixed(created, ZoneId.of("UTC")), random);
            customers.create(draft(rows[i]), new Violations(), caller);
        }
        return count;
    }

    private static CustomerDraft draft(String row) {
        String[] field = row.split(";", -1);
        String email = emailLocalPart(field[0]) + "@example.com";
        var address = new AddressDraft(
                field[3], orNull(field[4]), field[5], orNull(field[6]), orNull(field[7]), field[8]);
        return new CustomerDraft(field[0], email, orNull(field[1]), field[2], address, metadata(field[9]));
    }

    /** First and last word without accents: {@code zoe.merwe}. */
    private static String emailLocalPart(String name) {
        String plain = Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z -]", "")
                .toLowerCase(Locale.ROOT);
        return plain.substring(0, plain.indexOf(' ')) + "." + plain.substring(plain.lastIndexOf(' ') + 1);
    }

    private static Map<String, String> metadata(String pairs) {
        var metadata = new LinkedHashMap<String, String>();
        for (String pair : pairs.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                metadata.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return metadata;
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
