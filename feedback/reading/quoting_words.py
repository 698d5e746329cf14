"""How mail programs say, in several languages, that what follows is another mail, or no letter."""

import re

# “On … wrote:” as programs write it in English, German, Spanish, French, Italian, Portuguese,
# Dutch, the Nordic languages, Polish and Russian.
WROTE = re.compile(
    r"\b(?:wrote|schrieb|escribió|escribio|a écrit|ha scritto|escreveu|schreef|skrev|kirjoitti|"
    r"napisał|napisała|написал)\b",
    re.IGNORECASE,
)
SEPARATORS = (
    "original message", "original mail", "reply message", "forwarded message", "forwarded mail",
    "ursprüngliche nachricht", "weitergeleitete nachricht", "mensaje original",
    "mensaje reenviado", "message d'origine", "message d’origine", "message original",
    "message transféré", "message transmis", "messaggio originale", "messaggio inoltrato",
    "mensagem original", "mensagem encaminhada", "oorspronkelijk bericht",
    "doorgestuurd bericht",
)  # fmt: skip
HANDED_ON = re.compile(
    r"forwarded|weitergeleitete|reenviado|transféré|transmis\b|inoltrato|encaminhada|doorgestuurd",
    re.IGNORECASE,
)
FORWARDS = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|i|doorst|vs|fw)\s*:", re.IGNORECASE)

# Header lines of a quoted mail, by what they are called in English.
FIELDS = {
    "from": ("from", "von", "de", "da", "van", "från", "fra", "od"),
    "sent": ("sent", "gesendet", "enviado", "enviado el", "envoyé", "inviato", "verzonden",
             "skickat", "sendt"),
    "date": ("date", "datum", "fecha", "data", "dato"),
    "to": ("to", "an", "para", "à", "a", "aan", "till", "til", "do"),
    "cc": ("cc", "kopie", "copie"),
    "subject": ("subject", "betreff", "asunto", "objet", "oggetto", "assunto", "onderwerp",
                "ämne", "emne", "temat"),
    "reply-to": ("reply-to",),
    "importance": ("importance", "wichtigkeit", "importancia"),
}  # fmt: skip
FIELD_NAMES = {word: name for name, some in FIELDS.items() for word in some}

FROM_DEVICE = re.compile(
    r"\s*(?:Sent from (?:my|Mail for|Yahoo|Outlook|Proton|AOL|the|a)\b.{0,100}|"
    r"Get Outlook for\b.{0,100}|Sent (?:via|using|with|by)\b.{0,80}|"
    r"Enviado (?:desde|do|de|a través de)\b.{0,80}|Envoyé (?:de|depuis|à partir de)\b.{0,80}|"
    r"Von mein.{0,60} gesendet|Gesendet (?:von|mit)\b.{0,80}|Inviato da\b.{0,80}|"
    r"Verzonden (?:vanaf|met|vanuit)\b.{0,80}|Skickat från\b.{0,80}|Sendt fra\b.{0,80}|"
    r"Virus-?free\.?.{0,60}|(?:Scanned|Checked) by\b.{0,60}|"
    r"Please (?:consider|think of) the environment\b.{0,100}|"
    r"Download (?:the )?(?:Yahoo|AOL|Outlook|Gmail)\b.{0,80})\.?\Z",
    re.IGNORECASE,
)
