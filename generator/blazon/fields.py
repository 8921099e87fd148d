"""The fields of every file that people write: one table per kind of file, from which all else is derived.

Each line is a field: its name, how it is read, what it means, and an example of what to type.
"""

from __future__ import annotations

from blazon import builders
from blazon.keylist import MOST_ROOTS
from blazon.model import (
    Alignment,
    Art,
    AssessmentWording,
    Competency,
    EarnerAward,
    Effort,
    Evidence,
    EvidenceRequirement,
    Kind,
    Link,
    Part,
    Party,
    Pictures,
    Policy,
    Published,
    Recipient,
    Repository,
    Revocation,
    RubricLevel,
    Scale,
    Suspension,
    Translation,
    Visibility,
    Wording,
)
from blazon.records import HOMES, Either, Field, Listing, Made, Mapped, Record, made
from blazon.threads import THREADS
from blazon.values import (
    BASE,
    CONTACT,
    DATE,
    DECIMAL,
    DURATION,
    EMAIL,
    FIGURE,
    HTTPS,
    IDENTITY,
    LANGUAGE,
    LINE,
    MARKDOWN,
    NAME,
    OPTION,
    PUBLIC_KEY,
    SHA256,
    SLUG,
    SSH_KEY,
    TERM,
    VALIDITY,
    YES_NO,
    choice,
    chosen,
    pattern,
    whole,
)

PAGE_KEY = pattern(
    "[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]", "a key of 32 bytes as base64url", "what blazon private writes"
)
SETTINGS = choice("training", "practice", "work")
VISIBILITY = chosen({one.value: one for one in Visibility})
PICTURES = chosen({one.value: one for one in Pictures})
KIND = chosen({one.value: one for one in Kind})
SHAPE = choice("hexagon", "arch", "lobes", "circle", "shield", "rosette")
OWNER_AND_NAME = pattern(
    r"[A-Za-z0-9._-]{1,100}(?:/[A-Za-z0-9._-]{1,100})+", "the owner and name of a repository", "ada/badges"
)
BRANCH = pattern(r"[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}", "the name of a branch", "main")
ACCOUNT = pattern(r"[A-Za-z0-9](?:-?[A-Za-z0-9]){0,38}", "an account name", "ada-example")
SSH_SIGNATURE = pattern(
    r"-----BEGIN SSH SIGNATURE-----\n(?:[A-Za-z0-9+/=]{1,76}\n)+-----END SSH SIGNATURE-----\n?",
    "an OpenSSH signature",
    "the output of: ssh-keygen -Y sign",
)
JSON_FILE = pattern(r"[a-z0-9]+(?:-[a-z0-9]+)*\.json", "the name of a JSON file beside this one", "league.json")
SALT = pattern(
    r"[A-Za-z0-9_-]{16,128}",
    "a salt (16 to 128 letters and digits, drawn at random)",
    "d2f1c09b6e5a4c1f8a7b3e2d1c0f9e8d",
)
HASH = pattern(r"sha256\$[0-9a-f]{64}", "a salted hash", "sha256$ and 64 lower-case hex digits")
OWN_PICTURE = pattern(r"[0-9a-f]{64}|none", "a SHA-256 digest (64 lower-case hex digits) or the word none", "none")


TARGET_TYPE = pattern(
    r"ceasn:Competency|ceterms:Credential|CFItem|CFRubric|CFRubricCriterion|CFRubricCriterionLevel|CTDL|ext:[A-Za-z]{1,60}",
    "a kind of term that Open Badges knows",
    "CFItem, CFRubricCriterion, CTDL, ceasn:Competency, ceterms:Credential, or ext: and a word",
)
MOST_ENDORSEMENTS = 10  # of a badge, and as many of its issuer: verify looks at twenty in one award
ENDORSEMENT = Either(
    Made(JSON_FILE, builders.endorsement_named),
    Record(
        "an endorsement",
        builders.endorsement,
        Field("file", JSON_FILE, "The signed endorsement beside this file.", "league.json", required=True),
        Field("since", DATE, "Only awards from this day on carry it, when it came late.", "2026-06-10"),
        Field("embed", YES_NO, "Whether awards carry it, once it lasts; true when absent.", "false"),
    ),
)

LINK = Record(
    "a link",
    made(Link),
    Field("title", NAME, "What stands there.", "Session plans", required=True),
    Field("url", HTTPS, "Where it is.", "https://example.org/plans.pdf", required=True),
)
PARTY = Record(
    "a party",
    made(Party),
    Field("id", IDENTITY, "Its web address or DID.", "https://partner.example.org/", required=True),
    Field("name", NAME, "Its name.", "Partner School", required=True),
)
PROFILE = Record(
    "an issuer",
    builders.profile,
    Field("name", NAME, "Who issues the badges.", "Hillside Workshop", required=True),
    Field("email", EMAIL, "Where the issuer is reached; it is in every badge.", "badges@example.org", required=True),
    Field("url", HTTPS, "The issuer's own address; the site's when absent.", "https://example.org/"),
    Field("description", LINE, "Who the issuer is, in a sentence.", "A network of afterschool sites."),
    Field("image", HTTPS, "The address of the issuer's logo.", "https://example.org/logo.png"),
    Field("country", NAME, "The country or region that the issuer is in.", "Ireland"),
    Field(
        "endorsements",
        Listing(ENDORSEMENT, MOST_ENDORSEMENTS),
        "Signed endorsements of the issuer, beside this file.",
        "[council.json]",
    ),
)
REPOSITORY = Record(
    "a repository",
    made(Repository),
    Field("host", choice("github", "gitlab", "codeberg"), "Who keeps it.", "github", required=True),
    Field("path", OWNER_AND_NAME, "Its owner and name.", "hillside/badges", required=True),
    Field("branch", BRANCH, "The branch that is published.", "main"),
)
FOOTER = Record(
    "a footer",
    builders.table,
    Field("funding", LINE, "Who pays for the badges.", "Paid for by the member sites."),
    Field("disclaimer", LINE, "What the program does not promise.", "A badge is not a licence."),
)
SITE = Record(
    "the site",
    builders.table,
    Field("name", NAME, "The name of the program, on every page.", "Hillside Badges", required=True),
    Field(
        "url",
        BASE,
        "The address at which the site will answer, for ever.",
        "https://example.org/badges/",
        required=True,
    ),
    Field("tagline", LINE, "One sentence on the home page.", "We recognise what people do well."),
    Field("about", MARKDOWN, "Who the program is and what its badges are for.", "We run twelve sites."),
    Field("language", LANGUAGE, "The language of the program's own words.", "en"),
    Field("languages", Listing(LANGUAGE), "The languages of pages; all that the theme speaks when absent.", "[en, es]"),
    Field("theme", SLUG, "How the site looks.", "stitch"),
    Field(
        "theme_options",
        Mapped(OPTION, Listing(LINE, 100, one=True, again=True), "options"),
        "Settings of the theme.",
        "accent: lagoon",
    ),
    Field(
        "issuer",
        PROFILE,
        "Who signs the badges.",
        "{name: Hillside Workshop, email: badges@example.org}",
        required=True,
    ),
    Field("contact", CONTACT, "For questions and corrections, on every page.", "badges@example.org", required=True),
    Field("footer", FOOTER, "What stands below every page.", "{funding: Paid for by the member sites.}"),
    Field("quality", LINE, "How the quality of the badges is assured.", "The council visits us every two years."),
    Field("repository", REPOSITORY, "Where these files are kept.", "{host: github, path: hillside/badges}"),
    Field("visibility", VISIBILITY, "Who can find the awards of earners who have not said so.", "unlisted"),
    Field("public_repository", YES_NO, "Whether strangers can read the repository.", "true"),
    Field(
        "pictures", PICTURES, "Where pictures with an award inside are made: here, or on an award's page.", "on-demand"
    ),
)

APPROVALS = "How many approvals an award needs."
ROLES = "Who may approve: only reviewers in one of these roles."
REASON = "Why fewer than two approvals are enough; every award page says so."
EVIDENCE_OF_REVIEW = choice("stated", "signed", "host")
POLICY = Record(
    "a policy",
    made(Policy),
    Field("approvals", whole(0, 9), APPROVALS, "1", required=True),
    Field("roles", Listing(NAME, 50), ROLES, "[assessor]"),
    Field("evidence", EVIDENCE_OF_REVIEW, "What shows that a review took place.", "stated"),
    Field("reason", LINE, REASON, "Nothing is scored."),
)
POLICIES = Record(
    "a policy",
    builders.values_and_places,
    Field("approvals", whole(0, 9), APPROVALS, "2"),
    Field("roles", Listing(NAME, 50), ROLES, "[assessor]"),
    Field("evidence", EVIDENCE_OF_REVIEW, "What shows that a review took place.", "stated"),
    Field("reason", LINE, REASON, "There is one of us."),
    Field(
        "kinds",
        Mapped(KIND, POLICY, "policies by kind"),
        "Other policies for kinds of badges.",
        "participation: {approvals: 1}",
    ),
    Field(
        "badges",
        Mapped(SLUG, POLICY, "policies by badge"),
        "Other policies for badges.",
        "trail-first-aid: {approvals: 2}",
    ),
)
REVIEWER = Record(
    "a reviewer",
    builders.reviewer,
    Field("name", NAME, "Who they are.", "Rosa Alvarez"),
    Field("shown_as", NAME, "What pages show in place of the name.", "A parent at Mill Street"),
    Field("role", NAME, "What they are in the program; always shown.", "assessor", required=True),
    Field("github", ACCOUNT, "Their account on GitHub.", "rosa-alvarez"),
    Field(
        "key",
        Listing(SSH_KEY, 10, one=True),
        "The key they sign reviews with; an earlier one stays in a list as long as there are signatures by it.",
        "ssh-ed25519 AAAA…",
        to="keys",
    ),
    Field("badges", Listing(SLUG), "The only badges they review.", "[trail-first-aid]"),
    Field("from", DATE, "Since when they review.", "2024-01-08", to="since"),
    Field("until", DATE, "Until when they review.", "2027-06-30"),
)
REVIEWERS = Record(
    "the list of reviewers",
    builders.table,
    Field("policy", POLICIES, "How many must approve an award, and who.", "{approvals: 2}"),
    Field(
        "reviewers",
        Mapped(SLUG, REVIEWER, "reviewers"),
        "Who may approve, by a name that never changes.",
        required=True,
    ),
)

ALIGNMENT = Record(
    "an alignment",
    made(Alignment),
    Field("framework", NAME, "Whose framework it is.", "ESCO", required=True),
    Field("name", NAME, "What it is called there.", "program robots", required=True),
    Field("url", TERM, "Its address there.", "http://data.europa.eu/esco/skill/1", required=True),
    Field("code", NAME, "Its number or code there.", "S5"),
    Field("description", LINE, "What the framework says of it.", "Writes programs for robots."),
    Field("type", TARGET_TYPE, "What it is there, when the framework's name does not tell.", "CFRubricCriterion"),
)
COMPETENCY = Record(
    "a competency",
    made(Competency),
    Field("id", SLUG, "A short name, for the rubric.", "first-response", required=True),
    Field("name", NAME, "What the holder can do.", "Respond to an injury", required=True),
    Field("description", LINE, "More about it.", "Treats what can be treated and calls for help."),
    Field("alignment", Listing(ALIGNMENT, 20, one=True), "The same in other frameworks.", "[{framework: ESCO, …}]"),
)
LEVEL = Record(
    "a level",
    made(RubricLevel),
    Field("name", NAME, "What the level is called.", "Meets", required=True),
    Field("description", LINE, "What it looks like.", "Works unaided."),
    Field("points", FIGURE, "What it is worth.", "2"),
)
ROW = Record(
    "a rubric row",
    builders.row,
    Field("id", SLUG, "A short name, for scores.", "treatment", required=True),
    Field("name", NAME, "What reviewers look at.", "Treatment", required=True),
    Field("competency", SLUG, "The id of the competency it shows.", "first-response"),
    Field("required", YES_NO, "Whether the badge needs it; true when absent.", "false"),
    Field(
        "levels",
        Listing(LEVEL, 20, again=True),
        "What can be reached, lowest first.",
        "[{name: Not yet}, {name: Meets}]",
    ),
    Field(
        "scale",
        chosen({"percent": Scale.PERCENT, "points": Scale.POINTS, "status": Scale.STATUS}),
        "Numbers in place of levels; or status, for a row that is Completed or Failed.",
        "percent",
    ),
    Field("min", FIGURE, "The lowest number.", "0", to="minimum"),
    Field("max", FIGURE, "The highest number.", "100", to="maximum"),
    Field("pass", LINE, "The lowest level or number that counts.", "Meets", to="pass_"),
)
ASSESSMENT = Record(
    "an assessment",
    builders.assessment,
    Field("method", MARKDOWN, "How reviewers judge the work.", "A trainer watches."),
    Field("rubric", Listing(ROW, 50), "What is scored, row by row.", "[{id: treatment, name: Treatment, levels: […]}]"),
    Field("none", LINE, "Why nothing is assessed.", "Being there is what this badge records."),
)
REQUIREMENT = Record(
    "an evidence requirement",
    made(EvidenceRequirement),
    Field("name", NAME, "What to collect.", "Photo of the kit", required=True),
    Field("description", LINE, "What it should show.", "Everything laid out, with a list."),
    Field("required", YES_NO, "Whether the badge needs it; true when absent.", "false"),
    Field("setting", SETTINGS, "Where it comes from.", "practice"),
)
EFFORT = Record(
    "the effort",
    made(Effort),
    Field("time", DURATION, "About how long it takes.", "PT12H", required=True),
    Field("mode", choice("online", "in-person", "workshop", "blended", "work-based"), "How.", "blended", required=True),
    Field("language", LANGUAGE, "In which language.", "en", required=True),
)
ART = Record(
    "the artwork",
    made(Art),
    Field("thread", choice(*THREADS), "The colour.", "spruce"),
    Field("icon", SLUG, "What is drawn on it.", "star"),
    Field("shape", SHAPE, "The outline; the kind's own when absent.", "hexagon"),
)
PUBLISHED = Record(
    "the earlier publication",
    made(Published),
    Field("document", SLUG, "The file name of its documents, without .json.", "robotics-1"),
    Field("picture", OWN_PICTURE, "The SHA-256 of the picture that was signed.", "none"),
)
SLOT = Record(
    "a slot",
    builders.slot,
    Field("badge", SLUG, "A badge that can stand for a level.", "trail-first-aid", required=True),
    Field("level", whole(1, 3), "The level.", "2", required=True),
)
TOLD_LEVEL = Record(
    "a translated level",
    made(Wording),
    Field("name", NAME, "What the level is called; once in one row is enough.", "Voldoet"),
    Field("description", LINE, "What it looks like.", "Werkt zonder hulp."),
)
TOLD_ROW = Record(
    "a translated rubric row",
    made(Wording),
    Field("id", SLUG, "The id of the row.", "treatment", required=True),
    Field("name", NAME, "What reviewers look at.", "Behandeling"),
    Field(
        "levels",
        Listing(TOLD_LEVEL, 20, again=True),
        "Its levels, in their order.",
        "[{name: Nog niet}, {name: Voldoet}]",
    ),
)
TOLD_ASSESSMENT = Record(
    "a translated assessment",
    made(AssessmentWording),
    Field("method", MARKDOWN, "How reviewers judge the work.", "Een trainer kijkt toe."),
    Field("rubric", Listing(TOLD_ROW, 50), "Its rows, by their ids.", "[{id: treatment, name: Behandeling}]"),
    Field("none", LINE, "Why nothing is assessed.", "Erbij zijn is wat deze badge vastlegt."),
)
TOLD_COMPETENCY = Record(
    "a translated competency",
    made(Wording),
    Field("id", SLUG, "The id of the competency.", "first-response", required=True),
    Field("name", NAME, "What the holder can do.", "Eerste hulp geven"),
    Field("description", LINE, "More about it.", "Behandelt wat te behandelen is en roept hulp."),
)
TOLD_REQUIREMENT = Record(
    "a translated evidence requirement",
    made(Wording),
    Field("name", NAME, "What to collect.", "Foto van de tas"),
    Field("description", LINE, "What it should show.", "Alles uitgespreid, met een lijst."),
)
TRANSLATION = Record(
    "a translation",
    made(Translation),
    Field("name", NAME, "The title.", "Eerste hulp onderweg"),
    Field("summary", LINE, "The sentence on what the holder can do.", "Helpt bij een ongeluk."),
    Field("criteria", MARKDOWN, "What must be shown.", "Behandel twee verwondingen."),
    Field("curriculum", MARKDOWN, "What is covered.", "Kijk eerst."),
    Field("alt", LINE, "The words for the picture.", "Een kompas"),
    Field("training", Listing(LINK, 50), "Where it can be learned in this language.", "[{title: Cursus, url: https://example.org/}]"),
    Field("competencies", Listing(TOLD_COMPETENCY, 50), "What its holder can do, by ids.", "[{id: first-response, …}]"),
    Field("assessment", TOLD_ASSESSMENT, "How the work is judged.", "{method: Een trainer kijkt toe.}"),
    Field("evidence", Listing(TOLD_REQUIREMENT, 50, again=True), "What to collect, in the badge's order.", "[{name: Foto van de tas}]"),
    Field("skills", Listing(NAME, 50, again=True), "Its words for the catalogue, in their order.", "[eerste hulp]"),
    Field("subject", NAME, "The field.", "Gezondheid en veiligheid"),
    Field("audience", LINE, "Who it is for.", "Wie met jongeren naar buiten gaat"),
    Field("format", NAME, "What it is called.", "microbadge"),
    Field("cost", LINE, "What earning it costs.", "Gratis"),
    Field("funding", LINE, "Who pays.", "Betaald door de deelnemende locaties"),
    Field("prior_learning", LINE, "How what somebody learned before can count.", "Een EHBO-diploma telt mee."),
    Field("quality", LINE, "How its quality is assured.", "De bond kijkt elk jaar mee."),
    Field("accepted_by", Listing(LINE, 50, again=True), "Who accepts the credit, in the badge's order.", "[Lakeside College]"),
    Field("recognised_by", Listing(LINE, 50, again=True), "Who says they recognise it, in the badge's order.", "[Alle twaalf locaties]"),
    Field("see_also", Listing(LINK, 50), "Further reading in this language.", "[{title: Gids, url: https://example.org/}]"),
)  # fmt: skip
BADGE = Record(
    "a badge",
    builders.table,
    Field("name", NAME, "The title.", "Trail First Aid", required=True),
    Field("summary", LINE, "One sentence: what the holder can do.", "Gives first aid outdoors.", required=True),
    Field("kind", KIND, "What the badge stands for.", "skill", required=True),
    Field("version", whole(1, 9_999), "Counts up when something that was signed changes.", "1"),
    Field("status", choice("draft", "active", "retired"), "Whether it can be earned.", "active"),
    Field("successor", SLUG, "The badge that took its place.", "trail-first-aid"),
    Field("criteria", MARKDOWN, "What must be shown to earn it.", "Treat two staged injuries.", required=True),
    Field("curriculum", MARKDOWN, "What is covered.", "Calling for help without a signal."),
    Field("training", Listing(LINK, 50), "Where it can be learned.", "[{title: Course, url: https://example.org/}]"),
    Field("competencies", Listing(COMPETENCY, 50), "What its holder can do, one by one.", "[{id: first-response, …}]"),
    Field("assessment", ASSESSMENT, "How the work is judged.", "{method: A trainer watches.}", required=True),
    Field("evidence", Listing(REQUIREMENT, 50), "What to collect.", "[{name: Photo of the kit}]"),
    Field("effort", EFFORT, "What it asks of an earner.", "{time: PT12H, mode: blended, language: en}", required=True),
    Field("valid_for", VALIDITY, "How long an award counts.", "P2Y"),
    Field("skills", Listing(NAME, 50), "Words for the catalogue.", "[first aid]"),
    Field("subject", NAME, "The field.", "Health and safety"),
    Field("specialization", NAME, "The part of the field.", "Outdoors"),
    Field("code", NAME, "The program's own code for it.", "TFA"),
    Field("audience", LINE, "Who it is for.", "Anyone who takes young people outdoors"),
    Field("format", NAME, "What it is called.", "micro-badge"),
    Field("cost", LINE, "What earning it costs.", "Free"),
    Field("funding", LINE, "Who pays.", "Paid for by the member sites"),
    Field("credit", DECIMAL, "Credits that go with it.", "1.5"),
    Field("credit_unit", NAME, "What the credits are counted in.", "ECTS"),
    Field("accepted_by", Listing(LINE, 50), "Who accepts the credit.", "[Lakeside College]"),
    Field("prior_learning", LINE, "How what somebody learned before can count.", "A first-aid card counts for the first unit."),
    Field("eqf", whole(1, 8), "Its level in the European Qualifications Framework.", "4"),
    Field("quality", LINE, "How its quality is assured, where that is not as in site.yaml.", "The league watches one course a year."),
    Field("recognised_by", Listing(LINE, 50), "Who says they recognise it.", "[All twelve sites]"),
    Field("see_also", Listing(LINK, 50), "Further reading.", "[{title: Guide, url: https://example.org/}]"),
    Field("reviewers", POLICY, "The review it needs, where different.", "{approvals: 2, roles: [trainer]}"),
    Field("creator", PARTY, "Who made the badge, if not the issuer.", "{id: https://example.org/, name: League}"),
    Field("endorsements", Listing(ENDORSEMENT, MOST_ENDORSEMENTS), "Signed endorsements beside this file.", "[league.json]"),
    Field("art", ART, "How the picture is drawn.", "{thread: brick, icon: compass}"),
    Field("image", Record("an image", builders.only, Field("alt", LINE, "What it shows.", "A compass", required=True)),
          "The words for image.png and image.svg beside this file.", "{alt: A compass}", to="alt"),
    Field("translations", Mapped(LANGUAGE, TRANSLATION, "translations"), "Its words in other languages.", "nl: {name: …}"),
    Field("levels", Listing(SLUG, 20, again=True), "The three badges of a micro-credential, in order.", "[youth-1, youth-2, youth-3]"),
    Field("counts", Listing(SLOT, 50), "Micro-badges that can stand for a level.", "[{badge: stem-night, level: 2}]"),
    Field("requires", Listing(SLUG, 20), "Badges to be held first.", "[youth-facilitation-1]"),
    Field("published", PUBLISHED, "How it was published before it came here.", "{document: robotics-1}"),
)  # fmt: skip

EARNER = Record(
    "an earner",
    builders.table,
    Field("name", NAME, "The name on pages; a pseudonym is fine.", "Ada Example", required=True),
    Field("about", MARKDOWN, "A line about them.", "Runs the bike workshop."),
    Field("links", Listing(LINK, 20), "Pages of their own.", "[{title: My work, url: https://example.org/}]"),
    Field("language", LANGUAGE, "The language of their own words.", "en"),
    Field("minor", YES_NO, "Whether they are under age: then pages say less of them.", "true"),
    Field("listed", YES_NO, "Whether the list of earners shows them.", "true"),
    Field("transcript", YES_NO, "Whether a signed record of their public awards is published.", "true"),
    Field("visibility", VISIBILITY, "Who can find their awards.", "public"),
    Field("awards", Mapped(SLUG, Record(
        "an award's setting",
        made(EarnerAward),
        Field("visibility", VISIBILITY, "Who can find this award.", "public"),
        Field("feedback", YES_NO, "Whether its feedback is shown.", "true"),
        Field("key", PAGE_KEY, "What opens its page while that is private; another key cancels the links that were given.", "EXhf…"),
    ), "awards"), "What they decide award by award.", "trail-first-aid: {visibility: public}"),
)  # fmt: skip

EVIDENCE = Record(
    "evidence",
    made(Evidence),
    Field("title", NAME, "What it is.", "Session plans, weeks 1 to 6", required=True),
    Field("url", HTTPS, "Where it is.", "https://example.org/plans.pdf"),
    Field("text", MARKDOWN, "The evidence itself, when it is words.", "I paired people who did not know each other."),
    Field("description", LINE, "What it shows.", "Both reviewers read them."),
    Field("file", Record("a file", builders.only, Field("sha256", SHA256, "Its digest.", "e37b…", required=True)),
          "The digest of a file that stays the same.", "{sha256: e37b…}", to="sha256"),
    Field("kind", NAME, "What sort of thing it is.", "Document"),
    Field("setting", SETTINGS, "Where it comes from.", "practice"),
    Field("audience", LINE, "Whom it is for.", "Public"),
    Field("private", YES_NO, "Whether pages keep it to themselves.", "true"),
)  # fmt: skip
PART = Record(
    "a part",
    made(Part),
    Field("award", SLUG, "The id of the award.", "gpqs45z552uhrim7ptspdg7h3a", required=True),
    Field("private", YES_NO, "Whether the stack's credential gives no address of it.", "true"),
    Field("name", NAME, "Once it is erased: what its badge was called.", "Trail First Aid"),
    Field("sha256", SHA256, "Once it is erased: the digest of its credential.", "e37b…"),
)
CONFLICT = Either(
    Made(LINE, lambda text: (text, "")),
    Record(
        "a conflict of interest",
        builders.conflict,
        Field("text", LINE, "What it is.", "Friend of the family.", required=True),
        Field("waived_by", SLUG, "The reviewer who set it aside.", "ngozi-adeyemi"),
    ),
)
SCORES = Mapped(SLUG, LINE, "scores, one for each row of the rubric")
REVIEW = Record(
    "a review",
    builders.review,
    Field("reviewer", SLUG, "Who reviewed, as in content/reviewers.yaml.", "rosa-alvarez", required=True),
    Field("date", DATE, "When.", "2026-05-13", required=True),
    Field("conflict", CONFLICT, "A conflict of interest, or the word none.", "none", required=True),
    Field("scores", SCORES, "The level or number of each row.", "{treatment: Meets}"),
    Field("note", MARKDOWN, "What the reviewer saw.", "I sat in on the second session."),
    Field("decision", choice("approve", "revise", "decline"), "What was decided.", "approve"),
    Field("signature", SSH_SIGNATURE, "The reviewer's signature.", "the output of: ssh-keygen -Y sign"),
)
RECIPIENT = Record(
    "a recipient",
    builders.recipient,
    Field("hash", HASH, "The salted hash of an e-mail address.", "sha256$…"),
    Field("salt", SALT, "The salt, drawn for this award.", "d2f1c09b6e5a4c1f8a7b3e2d1c0f9e8d"),
    Field("id", IDENTITY, "A did:key or page of the earner.", "did:key:z6Mk…"),
)
ACTIVITY = Record(
    "the activity",
    builders.span,
    Field("start", DATE, "Its first day.", "2026-03-02"),
    Field("end", DATE, "Its last day.", "2026-04-10"),
)
REVOKED = Record(
    "a revocation",
    made(Revocation),
    Field("on", DATE, "Since when it does not count.", "2026-06-09", required=True),
    Field("reason", LINE, "Why; everybody can read it.", "Issued in error.", required=True),
)
SUSPENDED = Record(
    "a suspension",
    made(Suspension),
    Field("from", DATE, "Since when it is paused.", "2026-06-09", required=True, to="since"),
    Field("reason", LINE, "Why; everybody can read it.", "Under review.", required=True),
    Field("until", DATE, "Until when.", "2026-07-09"),
)
ERASED = Record("an erasure", builders.only, Field("on", DATE, "When it was erased.", "2026-06-09", required=True))
IDENTITY_FIELDS = (
    Field(
        "id",
        SLUG,
        "What the award is called for ever: 26 random characters.",
        "r6qlhtaxbe5jckv3xsjm33eyou",
        required=True,
    ),
    Field(
        "status_index", whole(0, 999_999_999), "Its place in the status list, drawn at random.", "41873", required=True
    ),
)
AWARD = Record(
    "an award",
    builders.table,
    *IDENTITY_FIELDS,
    Field("badge", SLUG, "Which badge.", "trail-first-aid", required=True, to="achievement"),
    Field("version", whole(1, 9_999), "Which version of it, when there are several.", "1"),
    Field("name", NAME, "The earner's name, by consent; it is signed.", "Ada Example"),
    Field("did", MARKDOWN, "What the earner did.", "Led a six-week mural project with fourteen young people."),
    Field("role", NAME, "As what.", "Facilitator"),
    Field("activity", ACTIVITY, "When.", "{start: 2026-03-02, end: 2026-04-10}"),
    Field("evidence", Listing(EVIDENCE, 50), "What the earner showed.", "[{title: Session plans}]"),
    Field("parts", Listing(PART, 20), "The awards that fill the levels of this micro-credential.", "[{award: gpqs45z552uhrim7ptspdg7h3a}]"),
    Field("reviews", Listing(REVIEW, 50), "Who looked at it, and what they decided.", "[{reviewer: rosa-alvarez, …}]"),
    Field("scores", SCORES, "What was agreed on, when it differs from the reviews.", "{treatment: Meets}"),
    Field("feedback", MARKDOWN, "To the earner; shown only when they say so.", "Your openings are short."),
    Field("issued", DATE, "The date of the decision; absent while it is a claim.", "2026-05-14"),
    Field("expires", DATE, "When it ends, in place of the badge's valid_for.", "2028-05-14"),
    Field("recipient", Either(Made(IDENTITY, lambda identity: Recipient(id=identity)), RECIPIENT),
          "Who may say that it is theirs.", "{hash: sha256$…, salt: …}"),
    Field("summary", LINE, "One sentence that wallets show.", "Awarded for the second level."),
    Field("alt", LINE, "The words for the picture.", "Trail First Aid badge"),
    Field("source", PARTY, "Who taught or assessed, if not the issuer.", "{id: https://example.org/, name: Partner}"),
    Field("prior_learning", LINE, "What was recognised from before.", "First-aid course of 2023."),
    Field("waiver", LINE, "Why a badge that comes first was not needed.", "Has led groups for ten years."),
    Field("credit", DECIMAL, "Credits earned.", "1.5"),
    Field("term", NAME, "The term it was earned in.", "Spring 2026"),
    Field("locale", LANGUAGE, "The language it was earned in.", "en"),
    Field("revoked", REVOKED, "Withdrawn, for ever.", "{on: 2026-06-09, reason: Issued in error.}"),
    Field("suspended", SUSPENDED, "Paused.", "{from: 2026-06-09, reason: Under review.}"),
    Field("supersedes", SLUG, "The id of the award that this one replaces.", "j7bilfhbqndv23e3feu437pkem"),
)  # fmt: skip
ERASED_AWARD = Record(
    "an erased award",
    builders.table,
    *IDENTITY_FIELDS,
    Field("erased", ERASED, "When it was erased.", "{on: 2026-06-09}", required=True),
)

KEY = Record(
    "a key",
    builders.table,
    Field("public_key", PUBLIC_KEY, "The public half; nothing here is secret.", "z6Mk…", required=True, to="public"),
    Field("from", DATE, "Since when awards are signed with it.", "2026-01-01", required=True, to="since"),
    Field("until", DATE, "When it was put away.", "2028-01-01"),
    Field("compromised", DATE, "Since when somebody else may have it.", "2027-03-01"),
    Field(
        "replaces",
        Listing(SLUG, 100, one=True),
        "The compromised keys in whose place it signs what they had signed.",
        "key-1",
    ),
    Field("note", LINE, "For those who look after the keys.", "Made on the office laptop."),
)

ROOTS = Record(
    "the list of root keys",
    builders.table,
    Field(
        "public_keys", Listing(PUBLIC_KEY, MOST_ROOTS), "The public halves. They sign the list of keys and nothing else.", "[z6Mk…]", required=True, to="public"
    ),
    Field("threshold", whole(1, MOST_ROOTS), "How many of them have to sign the list; one, unless told.", "2"),
)  # fmt: skip

DOC_PATH = pattern(
    r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/){0,3}(?:README|[a-z0-9]+(?:[.-][a-z0-9]+)*)\.md",
    "the path of a Markdown file below docs/",
    "how-to/award-a-group.md",
)
DOC_SECTION = Record(
    "a section",
    builders.values_and_places,
    Field("title", NAME, "What the navigation calls it.", "How-to guides", required=True),
    Field("pages", Listing(DOC_PATH), "Its pages in order, by their paths below docs/.", "[how-to/claim.md]", required=True),
)  # fmt: skip
DOCS = Record(
    "the documentation",
    builders.table,
    Field("language", LANGUAGE, "The language it is written in, where that is not the site's.", "en"),
    Field("sections", Listing(DOC_SECTION, 50), "Its sections in order.", "[{title: …, pages: […]}]", required=True),
)

FILES = {
    "content/site.yaml": SITE,
    "content/reviewers.yaml": REVIEWERS,
    "content/badges/<badge>/badge.yaml": BADGE,
    "content/earners/<earner>/earner.yaml": EARNER,
    "content/earners/<earner>/<award>.yaml": AWARD,
    "keys/<name>.yaml": KEY,
    "keys/root.yaml": ROOTS,
    "docs/pages.yaml": DOCS,
}
HOMES.update({record.noun: (path, frozenset(record.fields)) for path, record in FILES.items()})
