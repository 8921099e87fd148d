"""The terms we use, as one closed table: type, property, IRI, datatype. It is what the standards' contexts say, compiled.

A context maps the words of a JSON-LD document to IRIs. Ours is fixed, so the mapping is a table and no JSON-LD
processor is needed: JSON-LD 1.1 §4.1.8 (scoped contexts) is the reason why properties hang on types. A word that is
not in the table cannot be signed, and a document that uses one cannot be verified.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

CREDENTIALS_CONTEXT = "https://www.w3.org/ns/credentials/v2"
BADGES_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
RECORDS_CONTEXT = "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json"
EXTENSIONS_CONTEXT = "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"

_VC = "https://www.w3.org/2018/credentials#"
_STATUS = "https://www.w3.org/ns/credentials/status#"
_SECURITY = "https://w3id.org/security#"
_OB = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
_VALIDATION = "https://purl.imsglobal.org/spec/vccs/v1p0/context.json#"
_CLR = "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"
_SCHEMA = "https://schema.org/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_XSD_HTTPS = "https://www.w3.org/2001/XMLSchema#"  # so spelt in the Open Badges context

INTEGER, DOUBLE, BOOLEAN = f"{_XSD}integer", f"{_XSD}double", f"{_XSD}boolean"

TEXT = ""  # a plain literal, or a node
IRI = "@id"  # an address, or a node
WORD = "@vocab"  # a term of WORDS
GRAPH = "@graph"  # each value is a graph of its own
LIST = "@list"  # the values in their order
NODE = "@node"  # a node, never text
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


class UnknownTerm(ValueError):
    """A term that the table does not have in its place. `defined` is true when a standard's context defines it somewhere."""

    def __init__(self, term: str, where: str, *, defined: bool) -> None:
        """An unknown term, and the types of the node it stands in."""
        super().__init__(f'"{term}" is not a term we know in {where}')
        self.term = term
        self.defined = defined


@dataclass(frozen=True, slots=True)
class Property:
    """What a term means: its IRI, and its range: TEXT, IRI, WORD, GRAPH, LIST, NODE or the IRI of a datatype.

    `many` marks a term that another type defines alike but for the container, which JSON-LD takes for a difference.
    """

    iri: str
    range: str = TEXT
    many: bool = False


Properties = Mapping[str, Property]


@dataclass(frozen=True, slots=True)
class Scope:
    """What one combination of types means, ready for use: IRIs in angle brackets.

    Each term has its IRI, its range, and what follows a literal's closing quotation mark.
    """

    types: tuple[str, ...]
    terms: Mapping[str, tuple[str, str, str]]


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """What one list of contexts defines: the properties of any node, types and their IRIs, and each type's own properties.

    A document in it may be as large as so many `credentials`, and have such inside whose vocabulary is `inner`.
    """

    everywhere: Properties
    types: Mapping[str, str]
    scoped: Mapping[str, Properties]
    credentials: int = 1
    inner: Vocabulary | None = None

    def scope(self, types: tuple[str, ...]) -> Scope:
        """What each term means in a node with these types (JSON-LD 1.1 API §5.1.2: scopes apply in the order of the types' names).

        Raises UnknownTerm for a type that is not in the table, and for a term that two of the types understand differently
        (JSON-LD 1.1 §4.1.11: the contexts protect their terms).
        """
        return _scope(self, types)


@lru_cache(maxsize=256)
def _scope(vocabulary: Vocabulary, types: tuple[str, ...]) -> Scope:
    """What Vocabulary.scope says, remembered: a document has few combinations of types and many nodes."""
    for name in types:
        if name not in vocabulary.types:
            raise UnknownTerm(name, "type", defined=name in DEFINED)
    properties = dict(vocabulary.everywhere)
    for name in sorted(types):
        for term, meaning in vocabulary.scoped.get(name, {}).items():
            if properties.setdefault(term, meaning) != meaning:
                raise UnknownTerm(term, f"a node of type {', '.join(types)}", defined=True)
    terms = {
        term: (f"<{one.iri}>", one.range, f"^^<{one.range}>" if one.range else "") for term, one in properties.items()
    }
    return Scope(tuple(f"<{vocabulary.types[name]}>" for name in types), terms)


def _named(prefix: str, words: str, meaning: str = TEXT) -> dict[str, Property]:
    """Properties whose IRI is a prefix and their own name."""
    return {word: Property(prefix + word, meaning) for word in words.split()}


_EVERYWHERE = {
    **_named(_SCHEMA, "description name"),
    "digestSRI": Property(f"{_VC}digestSRI", f"{_VC}sriString"),
    "mediaType": Property(f"{_SCHEMA}encodingFormat"),
}

_CREDENTIAL = {
    **_named(
        _VC, "credentialSchema credentialStatus credentialSubject evidence issuer relatedResource termsOfUse", IRI
    ),
    **_named(_VC, "validFrom validUntil", f"{_XSD}dateTime"),
    "proof": Property(f"{_SECURITY}proof", GRAPH),
}

_PROOF = {
    **_named(_SECURITY, "challenge domain nonce"),
    "created": Property("http://purl.org/dc/terms/created", f"{_XSD}dateTime"),
    "cryptosuite": Property(f"{_SECURITY}cryptosuite", f"{_SECURITY}cryptosuiteString"),
    "expires": Property(f"{_SECURITY}expiration", f"{_XSD}dateTime"),
    "proofPurpose": Property(f"{_SECURITY}proofPurpose", WORD),
    "proofValue": Property(f"{_SECURITY}proofValue", f"{_SECURITY}multibase"),
    "verificationMethod": Property(f"{_SECURITY}verificationMethod", IRI),
}

_STATUS_LIST = {
    "encodedList": Property(f"{_STATUS}encodedList", f"{_SECURITY}multibase"),
    **_named(_STATUS, "statusPurpose ttl"),
}

_STATUS_ENTRY = {
    **_named(_STATUS, "statusListIndex statusPurpose"),
    "statusListCredential": Property(f"{_STATUS}statusListCredential", IRI),
    "statusSize": Property(f"{_STATUS}statusSize", f"{_XSD_HTTPS}integer"),
}

_BADGES_EVERYWHERE = {
    **_named(_OB, "alignment endorsement narrative"),
    **_named(_SCHEMA, "inLanguage"),
    "awardedDate": Property(f"{_OB}awardedDate", "xsd:dateTime"),  # the context uses a prefix that it never defines
    "image": Property(f"{_OB}image", IRI),
    "url": Property(f"{_SCHEMA}url", f"{_XSD_HTTPS}anyURI"),
}

_BADGES: dict[str, dict[str, Property]] = {
    "Achievement": {
        **_named(
            _OB,
            "achievementType creator fieldOfStudy humanCode otherIdentifier related resultDescription specialization version",
        ),
        "creditsAvailable": Property(f"{_OB}creditsAvailable", f"{_XSD_HTTPS}float"),
        "criteria": Property(f"{_OB}Criteria", IRI),
        "tag": Property(f"{_SCHEMA}keywords"),
    },
    "AchievementSubject": {
        **_named(_OB, "achievement licenseNumber result role term"),
        "identifier": Property(f"{_OB}identifier", many=True),
        **_named(_OB, "activityEndDate activityStartDate", f"{_XSD_HTTPS}date"),
        "creditsEarned": Property(f"{_OB}creditsEarned", f"{_XSD_HTTPS}float"),
        "source": Property(f"{_OB}source", IRI),
    },
    "Address": {
        **_named(_SCHEMA, "addressCountry addressLocality addressRegion postOfficeBoxNumber postalCode streetAddress"),
        "addressCountryCode": Property(f"{_OB}CountryCode"),
        "geo": Property(f"{_OB}GeoCoordinates"),
    },
    "Alignment": {
        **_named(_OB, "targetCode targetType"),
        **_named(_SCHEMA, "targetDescription targetFramework targetName"),
        "targetUrl": Property(f"{_SCHEMA}targetUrl", f"{_XSD_HTTPS}anyURI"),
    },
    "EndorsementSubject": _named(_OB, "endorsementComment"),
    "Evidence": _named(_SCHEMA, "audience genre"),
    "GeoCoordinates": _named(_SCHEMA, "latitude longitude"),
    "IdentifierEntry": _named(_OB, "identifier identifierType"),
    "IdentityObject": {
        **_named(_OB, "identityHash identityType salt"),
        "hashed": Property(f"{_OB}hashed", f"{_XSD_HTTPS}boolean"),
    },
    "Image": _named(_SCHEMA, "caption"),
    "Profile": {
        **_named(_SCHEMA, "additionalName email familyName givenName honorificPrefix honorificSuffix"),
        **_named(_OB, "familyNamePrefix official otherIdentifier patronymicName phone"),
        **_named(_OB, "address parentOrg", IRI),
        "dateOfBirth": Property(f"{_OB}dateOfBirth", f"{_XSD_HTTPS}date"),
    },
    "Related": _named(_OB, "version"),
    "Result": {
        **_named(_OB, "achievedLevel resultDescription", f"{_XSD_HTTPS}anyURI"),
        **_named(_OB, "status"),
        **_named(_SCHEMA, "value"),
    },
    "ResultDescription": {
        **_named(_OB, "requiredValue resultType rubricCriterionLevel valueMax valueMin"),
        "allowedValue": Property(f"{_OB}allowedValue", LIST),
        "requiredLevel": Property(f"{_OB}requiredLevel", f"{_XSD_HTTPS}anyURI"),
    },
    "RubricCriterionLevel": _named(_OB, "level points"),
}

_CREDENTIAL_TYPES = {
    "BitstringStatusList": f"{_STATUS}BitstringStatusList",
    "BitstringStatusListCredential": f"{_STATUS}BitstringStatusListCredential",
    "BitstringStatusListEntry": f"{_STATUS}BitstringStatusListEntry",
    "DataIntegrityProof": f"{_SECURITY}DataIntegrityProof",
    "VerifiableCredential": f"{_VC}VerifiableCredential",
}

_BADGE_TYPES = {
    **{name: _OB + name for name in _BADGES},
    "AchievementCredential": f"{_OB}OpenBadgeCredential",
    "Alignment": f"{_SCHEMA}AlignmentObject",
    **{name: _OB + name for name in ("Criteria", "EndorsementCredential", "OpenBadgeCredential")},
}

_CREDENTIAL_SCOPES = {
    "BitstringStatusList": _STATUS_LIST,
    "BitstringStatusListEntry": _STATUS_ENTRY,
    "DataIntegrityProof": _PROOF,
    "VerifiableCredential": _CREDENTIAL,
}

_RECORD_TYPES = {name: _CLR + name for name in ("Association", "ClrCredential", "ClrSubject")}

_RECORDS = {
    "Association": {
        "associationType": Property(f"{_CLR}AssociationType"),
        **_named(_CLR, "sourceId targetId", "xsd:anyURI"),  # as in the context, which never defines the prefix
    },
    "ClrCredential": {"partial": Property(f"{_CLR}partial", "xsd:boolean")},
    "ClrSubject": {
        **_named(_CLR, "achievement association verifiableCredential", NODE),
        "identifier": Property(f"{_CLR}identifier-1", NODE),
    },
}

WORDS = {
    "assertionMethod": f"{_SECURITY}assertionMethod",
    "authentication": f"{_SECURITY}authenticationMethod",
    "capabilityDelegation": f"{_SECURITY}capabilityDelegationMethod",
    "capabilityInvocation": f"{_SECURITY}capabilityInvocationMethod",
    "keyAgreement": f"{_SECURITY}keyAgreementMethod",
}

SCHEMA_TYPE = "1EdTechJsonSchemaValidator2019"
MOST_CREDENTIALS = 60  # in one transcript: more never fit into its bytes

_BADGE_VOCABULARY = Vocabulary(
    {**_EVERYWHERE, **_BADGES_EVERYWHERE},
    {**_CREDENTIAL_TYPES, **_BADGE_TYPES},
    {**_CREDENTIAL_SCOPES, **_BADGES},
)

VOCABULARIES: Mapping[tuple[str, ...], Vocabulary] = {
    (CREDENTIALS_CONTEXT,): Vocabulary(_EVERYWHERE, _CREDENTIAL_TYPES, _CREDENTIAL_SCOPES),
    (CREDENTIALS_CONTEXT, BADGES_CONTEXT): _BADGE_VOCABULARY,
    # We write no such badge; many others do, and all they say with it is which schema they follow.
    (CREDENTIALS_CONTEXT, BADGES_CONTEXT, EXTENSIONS_CONTEXT): Vocabulary(
        _BADGE_VOCABULARY.everywhere,
        {**_BADGE_VOCABULARY.types, SCHEMA_TYPE: f"{_VALIDATION}{SCHEMA_TYPE}"},
        _BADGE_VOCABULARY.scoped,
        inner=_BADGE_VOCABULARY,
    ),
    (CREDENTIALS_CONTEXT, RECORDS_CONTEXT, BADGES_CONTEXT): Vocabulary(
        _BADGE_VOCABULARY.everywhere,
        {**_BADGE_VOCABULARY.types, **_RECORD_TYPES},
        {**_BADGE_VOCABULARY.scoped, **_RECORDS},
        credentials=MOST_CREDENTIALS,
        inner=_BADGE_VOCABULARY,
    ),
}

# Words of the same contexts that we neither write nor read; they tell "not ours" from "nobody's".
OTHERS = """
    1EdTechCredentialRefresh 1EdTechRevocationList EnvelopedVerifiableCredential EnvelopedVerifiablePresentation JsonSchema
    JsonSchemaCredential VerifiablePresentation
    _sd _sd_alg aud cnf confidenceMethod digestMultibase exp holder iat iss jku jsonSchema
    jwk kid message nbf previousProof refreshService renderMethod statusMessage statusReference sub x5u
"""

DEFINED = frozenset(
    {
        *OTHERS.split(),
        *(name for one in VOCABULARIES.values() for name in (*one.types, *one.everywhere)),
        *(term for one in VOCABULARIES.values() for scope in one.scoped.values() for term in scope),
    },
)


def vocabulary_of(context: object) -> Vocabulary | None:
    """The vocabulary of a document's `@context`, or None when it is not exactly one of the lists that we know."""
    if not isinstance(context, list) or not all(isinstance(entry, str) for entry in context):
        return None
    return VOCABULARIES.get(tuple(context))
