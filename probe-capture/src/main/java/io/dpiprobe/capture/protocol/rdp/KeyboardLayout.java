// SPDX-License-Identifier: Apache-2.0
package io.dpiprobe.capture.protocol.rdp;

/** Names the language of a keyboard layout ([MS-LCID], 2.2). */
final class KeyboardLayout {
    private KeyboardLayout() {}

    /** The language that the low half of the identifier stands for; empty for an unknown one. */
    static String name(int layout) {
        int language = layout & 0xffff;
        return language < 0x420 ? first(language) : language < 0x800 ? later(language) : regional(language);
    }

    private static String first(int language) {
        return switch (language) {
            case 0x0401 -> "ar-SA";
            case 0x0402 -> "bg-BG";
            case 0x0403 -> "ca-ES";
            case 0x0404 -> "zh-TW";
            case 0x0405 -> "cs-CZ";
            case 0x0406 -> "da-DK";
            case 0x0407 -> "de-DE";
            case 0x0408 -> "el-GR";
            case 0x0409 -> "en-US";
            case 0x040a -> "es-ES_tradnl";
            case 0x040b -> "fi-FI";
            case 0x040c -> "fr-FR";
            case 0x040d -> "he-IL";
            case 0x040e -> "hu-HU";
            case 0x040f -> "is-IS";
            case 0x0410 -> "it-IT";
            case 0x0411 -> "ja-JP";
            case 0x0412 -> "ko-KR";
            case 0x0413 -> "nl-NL";
            case 0x0414 -> "nb-NO";
            case 0x0415 -> "pl-PL";
            case 0x0416 -> "pt-BR";
            case 0x0417 -> "rm-CH";
            case 0x0418 -> "ro-RO";
            case 0x0419 -> "ru-RU";
            case 0x041a -> "hr-HR";
            case 0x041b -> "sk-SK";
            case 0x041c -> "sq-AL";
            case 0x041d -> "sv-SE";
            case 0x041e -> "th-TH";
            case 0x041f -> "tr-TR";
            default -> "";
        };
    }

    private static String later(int language) {
        return switch (language) {
            case 0x0420 -> "ur-PK";
            case 0x0421 -> "id-ID";
            case 0x0422 -> "uk-UA";
            case 0x0423 -> "be-BY";
            case 0x0424 -> "sl-SI";
            case 0x0425 -> "et-EE";
            case 0x0426 -> "lv-LV";
            case 0x0427 -> "lt-LT";
            case 0x0429 -> "fa-IR";
            case 0x042a -> "vi-VN";
            case 0x042b -> "hy-AM";
            case 0x042c -> "az-Latn-AZ";
            case 0x042d -> "eu-ES";
            case 0x042f -> "mk-MK";
            case 0x0436 -> "af-ZA";
            case 0x0437 -> "ka-GE";
            case 0x0438 -> "fo-FO";
            case 0x0439 -> "hi-IN";
            case 0x043a -> "mt-MT";
            case 0x043e -> "ms-MY";
            case 0x043f -> "kk-KZ";
            case 0x0440 -> "ky-KG";
            case 0x0443 -> "uz-Latn-UZ";
            case 0x0444 -> "tt-RU";
            case 0x0445 -> "bn-IN";
            case 0x0446 -> "pa-IN";
            case 0x0447 -> "gu-IN";
            case 0x0449 -> "ta-IN";
            case 0x044a -> "te-IN";
            case 0x044b -> "kn-IN";
            case 0x044c -> "ml-IN";
            case 0x044e -> "mr-IN";
            case 0x0450 -> "mn-MN";
            case 0x0456 -> "gl-ES";
            case 0x0465 -> "dv-MV";
            default -> "";
        };
    }

    private static String regional(int language) {
        return switch (language) {
            case 0x0801 -> "ar-IQ";
            case 0x0804 -> "zh-CN";
            case 0x0807 -> "de-CH";
            case 0x0809 -> "en-GB";
            case 0x080a -> "es-MX";
            case 0x080c -> "fr-BE";
            case 0x0810 -> "it-CH";
            case 0x0813 -> "nl-BE";
            case 0x0814 -> "nn-NO";
            case 0x0816 -> "pt-PT";
            case 0x081a -> "sr-Latn-CS";
            case 0x081d -> "sv-FI";
            case 0x0843 -> "uz-Cyrl-UZ";
            case 0x0c01 -> "ar-EG";
            case 0x0c04 -> "zh-HK";
            case 0x0c07 -> "de-AT";
            case 0x0c09 -> "en-AU";
            case 0x0c0a -> "es-ES";
            case 0x0c0c -> "fr-CA";
            case 0x0c1a -> "sr-Cyrl-CS";
            default -> farther(language);
        };
    }

    private static String farther(int language) {
        return switch (language) {
            case 0x1004 -> "zh-SG";
            case 0x1007 -> "de-LU";
            case 0x1009 -> "en-CA";
            case 0x100a -> "es-GT";
            case 0x100c -> "fr-CH";
            case 0x1404 -> "zh-MO";
            case 0x1407 -> "de-LI";
            case 0x1409 -> "en-NZ";
            case 0x140a -> "es-CR";
            case 0x140c -> "fr-LU";
            case 0x1809 -> "en-IE";
            case 0x180a -> "es-PA";
            case 0x1c09 -> "en-ZA";
            case 0x1c0a -> "es-DO";
            case 0x200a -> "es-VE";
            case 0x240a -> "es-CO";
            case 0x280a -> "es-PE";
            case 0x2c0a -> "es-AR";
            case 0x300a -> "es-EC";
            case 0x340a -> "es-CL";
            case 0x380a -> "es-UY";
            case 0x3c0a -> "es-PY";
            case 0x4009 -> "en-IN";
            case 0x400a -> "es-BO";
            case 0x440a -> "es-SV";
            case 0x480a -> "es-HN";
            case 0x4c0a -> "es-NI";
            case 0x500a -> "es-PR";
            default -> "";
        };
    }
}
